import { type FileHandle, open, readFile } from 'node:fs/promises';
import { Descriptor, fileEntry, fileIdentifier, SECTOR, type UdfKind } from './udf-descriptors.ts';
import { anchor, fileSet, volumeSectors } from './udf-volume.ts';

/** What is in a file: bytes, those of another file, or a hole of zeros. */
export type Content = Buffer | { file: string; bytes: number } | { zeros: number };

export interface UdfImageSpec {
  readonly label: string;
  /** By path, "BDMV/STREAM/00001.m2ts". */
  readonly files: ReadonlyMap<string, Content>;
  /** `metadata`: UDF 2.50 with a metadata partition and a mirror of it, as Blu-ray discs; else UDF 1.02. */
  readonly metadata: boolean;
  /** Files are cut into extents of this length, a whole number of sectors; nearly 1 GiB unless given. */
  readonly extentBytes?: number;
}

const PARTITION_START = 288;
const LONGEST_EXTENT = 2 ** 30 - SECTOR;
/** Long allocation descriptors in an entry, and in each block that continues the list, beside the one of the next block. */
const IN_ENTRY = 100;
const IN_BLOCK = 125;
const LONG_AD = 16;

interface Extent {
  block: number;
  bytes: number;
}

/**
 * Writes an image of UDF alone, as pressed Blu-ray discs are. Order on the disc: structure, metadata,
 * files, mirror of the metadata, anchor.
 */
export async function writeUdfImage(path: string, spec: UdfImageSpec): Promise<void> {
  const kind: UdfKind = { revision: spec.metadata ? 0x250 : 0x102 };
  const tree = treeOf(spec.files);
  // What refers to what needs addresses first: a dry run counts the blocks of the metadata.
  const anywhere = placeFiles(spec, 0).extents;
  const count = buildMetadata(tree, anywhere, kind, spec.metadata).length;
  const metadataStart = spec.metadata ? 2 : 0;
  const { extents, end } = placeFiles(spec, metadataStart + count);
  const metadata = Buffer.concat(buildMetadata(tree, extents, kind, spec.metadata));
  const mirrorStart = end;
  const length = spec.metadata ? mirrorStart + count : end;
  const layout = {
    ...kind,
    label: spec.label,
    partitionStart: PARTITION_START,
    partitionLength: length,
    metadata: spec.metadata ? { main: 0, mirror: 1 } : null,
    files: spec.files.size,
    folders: tree.length,
  };
  const image = await open(path, 'w');
  try {
    const write = (block: number, data: Buffer) =>
      image.write(data, 0, data.length, (PARTITION_START + block) * SECTOR);
    for (const [sector, data] of volumeSectors(layout))
      await image.write(data, 0, data.length, sector * SECTOR);
    if (spec.metadata) {
      await write(0, metadataFile(0, 250, { block: metadataStart, bytes: metadata.length }, kind));
      await write(1, metadataFile(1, 251, { block: mirrorStart, bytes: metadata.length }, kind));
      await write(mirrorStart, metadata);
    }
    await write(metadataStart, metadata);
    for (const [file, content] of spec.files)
      await writeContent(image, content, extents.get(file) ?? []);
    const last = PARTITION_START + length;
    await image.write(anchor(last, kind), 0, SECTOR, last * SECTOR);
  } finally {
    await image.close();
  }
}

interface Folder {
  path: string;
  entries: { name: string; path: string; folder: boolean }[];
}

/** All folders, the root first. */
function treeOf(files: ReadonlyMap<string, Content>): Folder[] {
  const folders = new Map<string, Folder>([['', { path: '', entries: [] }]]);
  const folderAt = (path: string): Folder => {
    const known = folders.get(path);
    if (known) return known;
    const folder: Folder = { path, entries: [] };
    folders.set(path, folder);
    addTo(path, true);
    return folder;
  };
  const addTo = (path: string, folder: boolean) => {
    const slash = path.lastIndexOf('/');
    const parent = folderAt(slash === -1 ? '' : path.slice(0, slash));
    parent.entries.push({ name: path.slice(slash + 1), path, folder });
  };
  for (const path of files.keys()) addTo(path, false);
  return [...folders.values()];
}

/** The blocks that hold the file set, entries, folders and continued lists, in this order. */
function buildMetadata(
  tree: readonly Folder[],
  extents: ReadonlyMap<string, readonly Extent[]>,
  kind: UdfKind,
  hasMetadataPartition: boolean,
): Buffer[] {
  const partition = hasMetadataPartition ? 1 : 0;
  const blocks: Buffer[] = [Buffer.alloc(SECTOR), Buffer.alloc(SECTOR)];
  const places = new Map<string, number>();
  const files = tree.flatMap(({ entries }) => entries.filter(({ folder }) => !folder));
  for (const { path } of [...tree, ...files])
    places.set(path, blocks.push(Buffer.alloc(SECTOR)) - 1);
  const placeOf = (path: string) => places.get(path) ?? 0;
  blocks[0] = fileSet({ block: placeOf(''), partition }, kind);
  for (const { path, entries } of tree) {
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const listed = [{ name: '', path: parent, folder: true }, ...entries];
    const location = blocks.length;
    const data = Buffer.concat(
      listed.map(({ name, path, folder }) => {
        const place = { bytes: SECTOR, block: placeOf(path), partition };
        return fileIdentifier({ name, folder, place, location }, kind);
      }),
    );
    for (let at = 0; at < data.length; at += SECTOR)
      blocks.push(Buffer.concat([data.subarray(at, at + SECTOR), Buffer.alloc(SECTOR)], SECTOR));
    const allocation = Buffer.alloc(8);
    allocation.writeUInt32LE(data.length, 0);
    allocation.writeUInt32LE(location, 4);
    const block = placeOf(path);
    const fields = { type: 4, bytes: data.length, uniqueId: path === '' ? 0 : 16 + block };
    blocks[block] = fileEntry({ ...fields, allocation, allocationKind: 0, location: block }, kind);
  }
  for (const { path } of files) {
    const list = extents.get(path) ?? [];
    const location = placeOf(path);
    const bytes = list.reduce((sum, extent) => sum + extent.bytes, 0);
    const allocation = longAds(list, blocks, partition, kind);
    const fields = { type: 5, bytes, uniqueId: 16 + location, location };
    blocks[location] = fileEntry({ ...fields, allocation, allocationKind: 1 }, kind);
  }
  return blocks;
}

/** The list of a file's extents, continued in blocks of its own where it is long. */
function longAds(
  extents: readonly Extent[],
  blocks: Buffer[],
  partition: number,
  kind: UdfKind,
): Buffer {
  const chunks = [extents.slice(0, IN_ENTRY)];
  for (let at = IN_ENTRY; at < extents.length; at += IN_BLOCK)
    chunks.push(extents.slice(at, at + IN_BLOCK));
  // From the end, because each part of the list names the block of the next.
  let next: Extent | undefined;
  for (const chunk of chunks.slice(1).reverse()) {
    const block = blocks.push(Buffer.alloc(SECTOR)) - 1;
    blocks[block] = continuedList(listOf(chunk, next, partition), block, kind);
    next = { bytes: 3 * 2 ** 30 + SECTOR, block };
  }
  return listOf(chunks[0] ?? [], next, partition);
}

function listOf(extents: readonly Extent[], next: Extent | undefined, partition: number): Buffer {
  const list = Buffer.alloc((extents.length + (next ? 1 : 0)) * LONG_AD);
  for (const [index, extent] of extents.entries()) writeLongAd(list, index, extent, 0);
  if (next) writeLongAd(list, extents.length, next, partition);
  return list;
}

/** An allocation extent descriptor with the list behind it (ECMA-167 4/14.5). */
function continuedList(list: Buffer, location: number, kind: UdfKind): Buffer {
  const data = new Descriptor().u32(20, list.length).bytes(24, list);
  return data.tagged(258, location, kind);
}

function writeLongAd(list: Buffer, index: number, { bytes, block }: Extent, partition: number) {
  list.writeUInt32LE(bytes, index * LONG_AD);
  list.writeUInt32LE(block, index * LONG_AD + 4);
  list.writeUInt16LE(partition, index * LONG_AD + 8);
}

function placeFiles({ files, extentBytes = LONGEST_EXTENT }: UdfImageSpec, first: number) {
  const extents = new Map<string, Extent[]>();
  let block = first;
  for (const [path, content] of files) {
    const list: Extent[] = [];
    for (let left = bytesOf(content); left > 0; left -= extentBytes) {
      const bytes = Math.min(left, extentBytes);
      list.push({ block, bytes });
      block += Math.ceil(bytes / SECTOR);
    }
    extents.set(path, list);
  }
  return { extents, end: block };
}

function bytesOf(content: Content): number {
  if (Buffer.isBuffer(content)) return content.length;
  return 'zeros' in content ? content.zeros : content.bytes;
}

function metadataFile(location: number, type: 250 | 251, extent: Extent, kind: UdfKind): Buffer {
  const allocation = Buffer.alloc(8);
  allocation.writeUInt32LE(extent.bytes, 0);
  allocation.writeUInt32LE(extent.block, 4);
  const fields = { type, bytes: extent.bytes, uniqueId: 0, links: 0 };
  return fileEntry({ ...fields, allocation, allocationKind: 0, location }, kind);
}

async function writeContent(image: FileHandle, content: Content, extents: readonly Extent[]) {
  if ('zeros' in content) return;
  const data = Buffer.isBuffer(content) ? content : await readFile(content.file);
  let done = 0;
  for (const { block, bytes } of extents) {
    await image.write(data, done, bytes, (PARTITION_START + block) * SECTOR);
    done += bytes;
  }
}
