import type { Line } from './episode.ts';
import type { Random } from './random.ts';

/** The seven ratios of 23.976, 24 and 25 frames a second. */
export const ratios = [
  1,
  25 / (24000 / 1001),
  24 / (24000 / 1001),
  25 / 24,
  24000 / 1001 / 25,
  24000 / 1001 / 24,
  24 / 25,
] as const;

/** How another's subtitles of the same episode differ. */
export interface Disturbance {
  /** Seconds added to all times. */
  readonly offset?: number;
  /** Times are multiplied by it, before the offset. */
  readonly speed?: number;
  /** Standard deviation of a start, seconds; an end has half as much again. */
  readonly jitter?: number;
  /** Share of the lines that are not there. */
  readonly missing?: number;
  /** Share of the lines that are one with the next. */
  readonly merged?: number;
  /** Places from which on everything is 1 to 21 seconds earlier or later. */
  readonly cuts?: number;
}

const CLOSE_SECONDS = 1;

/** The lines as others wrote them down. */
export function disturb<L extends Line>(
  random: Random,
  lines: readonly L[],
  disturbance: Disturbance,
): L[] {
  const { offset = 0, speed = 1, jitter = 0.1, cuts = 0 } = disturbance;
  const jumps = drawJumps(random, lines.at(-1)?.end ?? 0, cuts);
  return writeDown(random, lines, disturbance)
    .map((line) => {
      const from = line.start + jitter * random.normal();
      const to = Math.max(from + 0.3, line.end + 1.5 * jitter * random.normal());
      const jumped = jumps.reduce((sum, jump) => sum + (from > jump.at ? jump.by : 0), 0);
      return { ...line, start: from * speed + offset + jumped, end: to * speed + offset + jumped };
    })
    .filter(({ start }) => start > 0)
    .sort((a, b) => a.start - b.start);
}

function drawJumps(random: Random, duration: number, cuts: number) {
  return Array.from({ length: cuts }, () => ({
    at: random.between(0, duration),
    by: (random.chance(0.5) ? -1 : 1) * random.between(1, 21),
  }));
}

function writeDown<L extends Line>(
  random: Random,
  lines: readonly L[],
  { missing = 0.15, merged = 0.1 }: Disturbance,
): L[] {
  const written: L[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || random.chance(missing)) continue;
    const next = lines[index + 1];
    const joins = next && next.start - line.end < CLOSE_SECONDS && random.chance(merged);
    written.push(joins ? { ...line, end: next.end } : line);
    if (joins) index++;
  }
  return written;
}
