import { pack, padded, withLength } from './big-endian.ts';
import { type ClipSpec, type ItemSpec, type PlaylistSpec, versionOf } from './bluray-spec.ts';
import type { MeasuredStream } from './measure-stream.ts';
import { streamAttributesOf } from './stream-attributes.ts';

export interface KnownClip {
  readonly spec: ClipSpec;
  readonly measured: MeasuredStream;
}

const TICKS = 45_000;

/** IN and OUT of an item, 45 kHz. */
export function stretchOf({ skip = 0, cut = 0 }: ItemSpec, { measured }: KnownClip) {
  const { start, end } = measured;
  return { in: start + Math.round(skip * TICKS), out: end - Math.round(cut * TICKS) };
}

/** PLAYLIST/nnnnn.mpls: items with their stream tables, and chapter marks. */
export function playlistFile(
  { items, marks }: PlaylistSpec,
  clips: ReadonlyMap<string, KnownClip>,
): Buffer {
  const known = items.map((item) => {
    const clip = clips.get(item.clip);
    if (!clip) throw new Error(`clip ${item.clip} does not exist`);
    return { item, clip, ...stretchOf(item, clip) };
  });
  const itemBlocks = known.map(({ item, clip, ...times }) => playItem(item, clip, times));
  const list = withLength([2, 0, items.length, 0], ...itemBlocks);
  const markBlocks = marks.map((seconds) => mark(seconds * TICKS, known));
  const markList = withLength([2, marks.length], ...markBlocks);
  const info = withLength([1, 0, 1], Buffer.alloc(12));
  const version = versionOf(known.map(({ clip }) => clip.spec));
  const at = 40 + info.length;
  const head = pack(`MPLS${version}`, [4, at, at + list.length, 0], Buffer.alloc(20));
  return pack(head, info, list, markList);
}

function playItem(item: ItemSpec, { spec }: KnownClip, times: { in: number; out: number }): Buffer {
  const { clip, angles = [], connection = 1 } = item;
  const angleBlock = pack(
    [1, angles.length + 1, 0],
    ...angles.map((angle) => pack(angle, 'M2TS', [1, 0])),
  );
  const table = streamTable(spec);
  const block = pack(
    `${clip}M2TS`,
    [2, (angles.length > 0 ? 0x10 : 0) | connection],
    [1, 0],
    [4, times.in, times.out],
    Buffer.alloc(12),
    angles.length > 0 ? angleBlock : '',
    [2, table.length],
    table,
  );
  return pack([2, block.length], block);
}

function streamTable(spec: ClipSpec): Buffer {
  const streams = streamAttributesOf(spec, 'playlist');
  const count = (type: string) => streams.filter((stream) => stream.type === type).length;
  const counts = [count('video'), count('audio'), count('subtitles'), 0, 0, 0, 0, 0];
  const blocks = streams.map(({ pid, attributes }) =>
    pack([1, 9, 1], [2, pid], Buffer.alloc(6), [1, 5], padded(attributes, 5).subarray(0, 5)),
  );
  return pack([2, 0], [1, ...counts], Buffer.alloc(4), ...blocks);
}

function mark(ticks: number, items: readonly { in: number; out: number }[]): Buffer {
  let left = Math.round(ticks);
  let index = 0;
  for (; index < items.length - 1; index++) {
    const item = items[index];
    const length = item ? item.out - item.in : 0;
    if (left < length) break;
    left -= length;
  }
  const time = (items[index]?.in ?? 0) + left;
  return pack([1, 0, 1], [2, index], [4, time], [2, 0xffff], [4, 0]);
}
