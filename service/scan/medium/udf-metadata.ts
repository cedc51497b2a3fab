import { DiscflowError } from '../../errors.ts';
import { damagedStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import { fileExtents } from './udf-file.ts';
import { filePartition, type Locate, plainPartition } from './udf-partition.ts';
import type { PartitionMap, UdfVolume } from './udf-volume.ts';

/** Which copy of the metadata of a UDF 2.50 volume is believed. */
export type MetadataCopy = 'main' | 'mirror';

/** The copies of the directories that a volume has; without a metadata partition there is only one. */
export function metadataCopies({ partitions }: UdfVolume): MetadataCopy[] {
  const hasMirror = partitions.some((map) => map?.kind === 'metadata');
  return hasMirror ? ['main', 'mirror'] : ['main'];
}

/**
 * Resolves references to a volume's partitions. Throws `disc-unreadable` when this copy of the
 * metadata is damaged; the result throws `unsupported-disc` for partitions that cannot be read.
 */
export async function locator(
  source: ByteSource,
  { partitions }: UdfVolume,
  copy: MetadataCopy,
): Promise<Locate> {
  const locates: (Locate | undefined)[] = [];
  for (const map of partitions) locates.push(map && (await locateIn(source, map, copy)));
  return (place, bytes) => {
    const locate = locates[place.partition];
    if (locate === undefined) throw damagedStructure('a reference to a partition');
    return locate(place, bytes);
  };
}

async function locateIn(
  source: ByteSource,
  map: PartitionMap,
  copy: MetadataCopy,
): Promise<Locate> {
  switch (map.kind) {
    case 'plain':
      return plainPartition(map.start);
    case 'metadata': {
      const place = { block: map[copy], partition: 0 };
      return filePartition(await fileExtents(source, plainPartition(map.start), place));
    }
    case 'unsupported':
      return () => {
        throw unsupportedPartition(map.name);
      };
  }
}

function unsupportedPartition(name: string): DiscflowError {
  return new DiscflowError(
    'unsupported-disc',
    `The disc's file system redirects its blocks ("${name}"), as packet-written discs do.`,
    { hint: 'Copy its files into a folder on a computer that shows them, and use that folder.' },
  );
}
