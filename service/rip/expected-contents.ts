import { DiscflowError } from '../errors.ts';
import type { Expected } from './dvd/muxer.ts';

/** Sound may end a little before or after the picture; anything more is missing film. */
const TOLERANCE_SECONDS = 2;
const TOLERANCE_SHARE = 0.005;

/**
 * Compares what is in a finished file with what must be. Throws `tool-failed` naming the
 * difference.
 */
export function assertContents(found: Expected, expected: Expected): void {
  const tolerance = Math.max(TOLERANCE_SECONDS, expected.duration * TOLERANCE_SHARE);
  if (Math.abs(found.duration - expected.duration) > tolerance)
    throw differs('seconds', found.duration, expected.duration);
  if (found.tracks !== expected.tracks) throw differs('tracks', found.tracks, expected.tracks);
  if (found.chapters !== expected.chapters)
    throw differs('chapters', found.chapters, expected.chapters);
}

function differs(what: string, found: number, expected: number): DiscflowError {
  return new DiscflowError(
    'tool-failed',
    `The finished file has ${round(found)} ${what} instead of ${round(expected)}`,
    { hint: 'It was thrown away. Retry; if it stays, the disc is damaged or mkvtoolnix too old.' },
  );
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
