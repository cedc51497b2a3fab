import type { Clip } from './clpi.ts';
import type { EntryPoint } from './entry-points.ts';

/** The length of a source packet: four bytes of arrival time and a transport packet. */
export const PACKET_BYTES = 192;

interface Stretch {
  stc: number;
  /** 45 kHz. */
  in: number;
  out: number;
}

/**
 * How much of a clip is read to play a stretch of it: from the entry point at or before IN to the
 * one at or after OUT; the beginning and the end of a time base are entry points, too.
 */
export function stretchBytes(clip: Clip, { stc, in: from, out }: Stretch): number {
  const base = clip.timeBases[stc] ?? clip.timeBases[0];
  const first = base?.firstPacket ?? 0;
  const next = clip.timeBases.find(({ firstPacket }) => firstPacket > first);
  const end = Math.min(next?.firstPacket ?? clip.packets, clip.packets);
  const points = pointsOf(clip, first, end);
  const before = from <= (base?.start ?? 0) ? 0 : firstAt(points, from + 1);
  const after = out >= (base?.end ?? out) ? undefined : points[firstAt(points, out)];
  return Math.max(0, (after?.packet ?? end) - (points[before - 1]?.packet ?? first)) * PACKET_BYTES;
}

/** A disc may play one clip a hundred thousand times: its points are sorted out once. */
const sorted = new WeakMap<Clip, Map<string, EntryPoint[]>>();

function pointsOf(clip: Clip, first: number, end: number): EntryPoint[] {
  const ofClip = sorted.get(clip) ?? new Map<string, EntryPoint[]>();
  sorted.set(clip, ofClip);
  const key = `${first}-${end}`;
  const known = ofClip.get(key);
  if (known) return known;
  const points = clip.entryPoints
    .filter(({ packet }) => packet >= first && packet < end)
    .toSorted((a, b) => a.time - b.time);
  ofClip.set(key, points);
  return points;
}

/** The index of the first point at this time or later. */
function firstAt(points: readonly EntryPoint[], time: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.time ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
