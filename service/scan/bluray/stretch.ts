import type { Clip } from './clpi.ts';

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
  const points = clip.entryPoints.filter(({ packet }) => packet >= first && packet < end);
  const before = from <= (base?.start ?? 0) ? undefined : points.findLast((p) => p.time <= from);
  const after = out >= (base?.end ?? out) ? undefined : points.find((p) => p.time >= out);
  return Math.max(0, (after?.packet ?? end) - (before?.packet ?? first)) * PACKET_BYTES;
}
