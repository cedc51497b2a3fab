/** One way in which a disc's duration comes about from the runtime that a database says. */
interface Mode {
  /** Duration ÷ runtime. */
  readonly ratio: number;
  readonly weight: number;
  /** Standard deviation, share of the runtime; beside it, half a minute for what is rounded. */
  readonly deviation: number;
}

const ROUNDING_SECONDS = 35;

/**
 * Discs hold what was broadcast, a little more, or the same played faster; databases hold minutes, or the length of the
 * slot with its commercials.
 */
const modes: readonly Mode[] = [
  { ratio: 1, weight: 0.5, deviation: 0.015 },
  // Credits of the disc's own, recaps, scenes that were cut for broadcast.
  { ratio: 1.06, weight: 0.12, deviation: 0.05 },
  // Film at 25 frames a second.
  { ratio: 0.96, weight: 0.15, deviation: 0.012 },
  // Cut for syndication, or without the credits.
  { ratio: 0.92, weight: 0.06, deviation: 0.04 },
  // 22 minutes of a slot of 30, 43 of 60.
  { ratio: 0.73, weight: 0.05, deviation: 0.03 },
];
/** An extended episode, half an episode, a runtime that is wrong. */
const UNEXPLAINED = 0.12;
/** Less than a third of an episode, or three times as long, is hardly one. */
const FAR = 0.35;
const UNEXPLAINED_FAR = 0.01;
/** Lengths of what is no episode: as frequent from a minute to two hours on a logarithmic scale. */
const OTHER_LENGTHS = Math.log(120);

/**
 * How much likelier a duration is for an episode of this runtime than for anything else (logarithm). Bounded: a
 * duration alone decides nothing.
 *
 * @param usual the disc's own ratio of duration to runtime, when other titles have shown it
 */
export function durationLogRatio(
  duration: number,
  runtime: number,
  usual: number | null = null,
): number {
  if (duration <= 0 || runtime <= 0) return 0;
  const isFar = duration < FAR * runtime || duration * FAR > runtime;
  const known = usual === null ? [] : [{ ratio: usual, weight: 1, deviation: 0.015 }];
  const density = [...modes, ...known].reduce(
    (sum, mode) => sum + mode.weight * densityOf(duration, runtime, mode),
    0,
  );
  const total = modes.reduce((sum, { weight }) => sum + weight, known.length);
  const unexplained = isFar ? UNEXPLAINED_FAR : UNEXPLAINED;
  const perLog = ((1 - unexplained) * density * duration) / total + unexplained / OTHER_LENGTHS;
  return Math.max(isFar ? -5 : -2.5, Math.min(3, Math.log(perLog * OTHER_LENGTHS)));
}

function densityOf(duration: number, runtime: number, { ratio, deviation }: Mode): number {
  const width = Math.hypot(ROUNDING_SECONDS, deviation * runtime);
  const away = (duration - ratio * runtime) / width;
  return Math.exp(-0.5 * away * away) / (width * Math.sqrt(2 * Math.PI));
}

/** Shorter than this share of its runtime, or by more than three minutes, it is doubtful. */
const SHORTEST = 0.88;
const LONGEST = 1.2;
const TOLERATED_SECONDS = 180;
/** Of a slot with its commercials, the programme is this share. */
const PROGRAMME = [0.68, 0.78] as const;

/**
 * Whether a duration fits a runtime well enough to accept what other evidence says: discs run longer than listed
 * rather than shorter.
 *
 * @param usual the disc's own ratio of duration to runtime, when other titles have shown it
 */
export function durationAgrees(
  duration: number,
  runtime: number,
  usual: number | null = null,
): boolean {
  const share = duration / runtime;
  if (share >= PROGRAMME[0] && share <= PROGRAMME[1]) return true;
  return [runtime, ...(usual === null ? [] : [runtime * usual])].some(
    (expected) =>
      duration >= Math.min(expected * SHORTEST, expected - TOLERATED_SECONDS) &&
      duration <= Math.max(expected * LONGEST, expected + TOLERATED_SECONDS),
  );
}
