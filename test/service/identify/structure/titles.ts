import type { TitleFacts } from '../../../../service/identify/structure/title-facts.ts';

const BYTES_PER_SECOND = 700_000;

/** A title of a disc of which nothing is said but its length. */
export function titleFacts(number: number, duration: number, more: Partial<TitleFacts> = {}) {
  const facts: TitleFacts = {
    number,
    duration,
    bytes: duration * BYTES_PER_SECOND,
    chapters: null,
    relation: null,
    compared: true,
    parts: null,
    medium: null,
    height: null,
    audioTracks: null,
    subtitleTracks: null,
    ...more,
  };
  return facts;
}
