import { pack, padded, withLength } from '../../../authoring/bluray/big-endian.ts';

/** A stream of the table: its entry and its attributes. */
export interface SyntheticStream {
  entry: Buffer;
  attributes: Buffer;
  /** References to other streams, behind secondary ones. */
  after?: Buffer;
}

export interface SyntheticItem {
  clip?: string;
  flags?: number;
  stc?: number;
  times?: [from: number, to: number];
  angles?: string[];
  /** Counts of video, audio, PG, IG, secondary audio, secondary video, PiP PG, Dolby Vision. */
  counts?: number[];
  streams?: SyntheticStream[];
}

export interface SyntheticMpls {
  version?: string;
  items: SyntheticItem[];
  subPaths?: { type: number; clips: string[][] }[];
  marks?: [type: number, item: number, time: number][];
}

export const inClip = (pid: number) => pack([1, 1], [2, pid], Buffer.alloc(6));
/** In a file beside the clip, and in the clip for a sub path. */
export const besideClip = (pid: number) => pack([1, 2, 0, 0], [2, pid], Buffer.alloc(4));
export const inClipForSubPath = (pid: number) => pack([1, 3, 0], [2, pid], Buffer.alloc(5));

/** A playlist with whatever the format allows, for parsers alone. */
export function syntheticMpls({ version = '0200', items, ...rest }: SyntheticMpls): Buffer {
  const { subPaths = [], marks = [] } = rest;
  const list = withLength(
    [2, 0, items.length, subPaths.length],
    ...items.map(itemBlock),
    ...subPaths.map(({ type, clips }) =>
      withLength([1, 0, type, 0, 0, 0, clips.length], ...clips.map(subItem)),
    ),
  );
  const markBlocks = marks.map(([type, item, time]) =>
    pack([1, 0, type], [2, item], [4, time], [2, 0xffff], [4, 0]),
  );
  const at = 40;
  const head = pack(`MPLS${version}`, [4, at, at + list.length, 0], Buffer.alloc(20));
  return pack(head, list, withLength([2, marks.length], ...markBlocks));
}

function itemBlock(item: SyntheticItem): Buffer {
  const { clip = '00001', flags = 1, stc = 0, times = [0, 45_000], angles = [] } = item;
  const { counts = [], streams = [] } = item;
  const table = pack(
    [2, 0],
    padded(pack([1, ...counts]), 12),
    ...streams.map(({ entry, attributes, after = Buffer.alloc(0) }) =>
      pack([1, entry.length], entry, [1, attributes.length], attributes, after),
    ),
  );
  const angleBlock = pack([1, angles.length + 1, 0], ...angles.map((a) => pack(a, 'M2TS', [1, 0])));
  const block = pack(
    `${clip}M2TS`,
    [2, flags],
    [1, stc],
    [4, ...times],
    Buffer.alloc(12),
    angles.length > 0 ? angleBlock : '',
    [2, table.length],
    table,
  );
  return pack([2, block.length], block);
}

function subItem([first = '00000', ...others]: string[]): Buffer {
  const multi = pack([1, others.length + 1, 0], ...others.map((o) => pack(o, 'M2TS', [1, 0])));
  const block = pack(
    `${first}M2TS`,
    [4, others.length > 0 ? 1 : 0],
    [1, 0],
    [4, 0, 45_000],
    [2, 0],
    [4, 0],
    others.length > 0 ? multi : '',
  );
  return pack([2, block.length], block);
}
