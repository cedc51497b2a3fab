import type { DecideInput } from './decide-input.ts';
import { typicalRuntime } from './units.ts';

/** A title this many times as long as an episode may hold several. */
const SEVERAL = 1.5;
/** One shorter than this share may be a part of one; one shorter than the other is no part. */
const PART = 0.75;
const NO_PART = 0.3;

/**
 * Whether it is worth to look for references anywhere inside the title, and not only from its beginning: it may hold
 * several episodes, or a part of one.
 *
 * @param duration seconds
 */
export function mayHoldOthers(
  duration: number,
  input: Pick<DecideInput, 'candidates' | 'references' | 'titles'>,
): boolean {
  const typical = typicalRuntime(input);
  if (typical === null) return false;
  const length = duration / typical;
  return length > SEVERAL || (length < PART && length > NO_PART);
}
