import { Descriptor, SECTOR, type UdfKind } from './udf-descriptors.ts';

export interface VolumeLayout extends UdfKind {
  readonly label: string;
  readonly partitionStart: number;
  /** Blocks. */
  readonly partitionLength: number;
  /** Blocks in the partition of the metadata file's entry and its mirror's; null: plain. */
  readonly metadata: { readonly main: number; readonly mirror: number } | null;
  readonly files: number;
  readonly folders: number;
}

const MAIN_SEQUENCE = 32;
const RESERVE_SEQUENCE = 48;
const INTEGRITY = 64;
const ANCHOR = 256;
const SEQUENCE_BYTES = 16 * SECTOR;

/** What is before the partition: recognition, descriptors twice, integrity, anchor; by sector. */
export function volumeSectors(layout: VolumeLayout): Map<number, Buffer> {
  const standard = layout.revision >= 0x200 ? 'NSR03' : 'NSR02';
  const sectors = new Map<number, Buffer>();
  for (const [index, name] of ['BEA01', standard, 'TEA01'].entries()) {
    const data = Buffer.alloc(SECTOR);
    data.write(name, 1, 'latin1');
    data[6] = 1;
    sectors.set(16 + index, data);
  }
  for (const first of [MAIN_SEQUENCE, RESERVE_SEQUENCE])
    for (const [index, make] of sequence.entries())
      sectors.set(first + index, make(layout, first + index));
  sectors.set(INTEGRITY, integrity(layout));
  sectors.set(INTEGRITY + 1, new Descriptor().tagged(8, INTEGRITY + 1, layout));
  sectors.set(ANCHOR, anchor(ANCHOR, layout));
  return sectors;
}

/** Also the last sector of the volume. */
export function anchor(location: number, kind: UdfKind): Buffer {
  const data = new Descriptor().u32(16, SEQUENCE_BYTES).u32(20, MAIN_SEQUENCE);
  return data.u32(24, SEQUENCE_BYTES).u32(28, RESERVE_SEQUENCE).tagged(2, location, kind);
}

type Make = (layout: VolumeLayout, location: number) => Buffer;

const primary: Make = (layout, location) =>
  new Descriptor()
    .u32(16, 0)
    .text(24, 32, layout.label)
    .u16(56, 1)
    .u16(58, 1)
    .u16(60, 2)
    .u16(62, 2)
    .u32(64, 1)
    .u32(68, 1)
    .text(72, 128, '0123456789ABCDEF')
    .charset(200)
    .charset(264)
    .time(376)
    .entity(388, '*discflow test')
    .tagged(1, location, layout);

const logical: Make = (layout, location) => {
  const { label, revision, metadata } = layout;
  const fileSetPartition = metadata ? 1 : 0;
  const volume = new Descriptor()
    .u32(16, 1)
    .charset(20)
    .text(84, 128, label)
    .u32(212, SECTOR)
    .entity(216, '*OSTA UDF Compliant', revision)
    .longAd(248, { bytes: SECTOR, block: 0, partition: fileSetPartition })
    .u32(264, metadata ? 70 : 6)
    .u32(268, metadata ? 2 : 1)
    .entity(272, '*discflow test')
    .u32(432, 2 * SECTOR)
    .u32(436, INTEGRITY)
    .u8(440, 1)
    .u8(441, 6)
    .u16(442, 1);
  if (metadata)
    volume
      .u8(446, 2)
      .u8(447, 64)
      .entity(450, '*UDF Metadata Partition', revision)
      .u16(482, 1)
      .u32(486, metadata.main)
      .u32(490, metadata.mirror)
      .u32(494, 0xffffffff)
      .u32(498, 32)
      .u16(502, 32)
      .u8(504, 1);
  return volume.tagged(6, location, layout);
};

const partition: Make = (layout, location) =>
  new Descriptor()
    .u32(16, 2)
    .u16(20, 1)
    .entity(24, layout.revision >= 0x200 ? '+NSR03' : '+NSR02')
    .u32(184, 1)
    .u32(188, layout.partitionStart)
    .u32(192, layout.partitionLength)
    .entity(196, '*discflow test')
    .tagged(5, location, layout);

const unallocated: Make = (layout, location) =>
  new Descriptor().u32(16, 3).tagged(7, location, layout);

const implementation: Make = (layout, location) =>
  new Descriptor()
    .u32(16, 4)
    .entity(20, '*UDF LV Info', layout.revision)
    .charset(52)
    .text(116, 128, layout.label)
    .entity(352, '*discflow test')
    .tagged(4, location, layout);

const terminator: Make = (layout, location) => new Descriptor().tagged(8, location, layout);

const sequence: readonly Make[] = [
  primary,
  logical,
  partition,
  unallocated,
  implementation,
  terminator,
];

function integrity(layout: VolumeLayout): Buffer {
  const partitions = layout.metadata ? 2 : 1;
  const uses = 80 + 8 * partitions;
  const data = new Descriptor().time(16).u32(28, 1).u64(40, 1000).u32(72, partitions).u32(76, 46);
  for (let index = 0; index < partitions; index++)
    data.u32(80 + 4 * (partitions + index), layout.partitionLength);
  data
    .entity(uses, '*discflow test')
    .u32(uses + 32, layout.files)
    .u32(uses + 36, layout.folders);
  for (const at of [40, 42, 44]) data.u16(uses + at, layout.revision);
  return data.tagged(9, INTEGRITY, layout);
}

/** The file set descriptor, which names the root. */
export function fileSet(root: { block: number; partition: number }, kind: UdfKind): Buffer {
  return new Descriptor()
    .time(16)
    .u16(28, 3)
    .u16(30, 3)
    .u32(32, 1)
    .u32(36, 1)
    .charset(48)
    .text(112, 128, 'DISC')
    .charset(240)
    .text(304, 32, 'DISC')
    .longAd(400, { bytes: SECTOR, ...root })
    .entity(416, '*OSTA UDF Compliant', kind.revision)
    .tagged(256, 0, kind);
}
