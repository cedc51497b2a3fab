import type { TitleFacts } from '../../../service/identify/structure/title-facts.ts';
import { relationsOf } from '../../../service/scan/relations.ts';
import type { Playable } from '../../../service/scan/segments.ts';

export type DiscKind = 'tv' | 'movie' | 'extras';

/** What a title of a disc with known answers is. */
export interface KnownTitle {
  facts: TitleFacts;
  /** Name for people: "00800.mpls", "03". */
  source: string;
  index: number | null;
  is: 'main' | 'episode' | 'other' | null;
  /** Order of the episodes: season × 10,000 + episode. */
  episode: number | null;
  playAll: boolean;
  /** Source of the title it repeats. */
  duplicateOf: string | null;
}

export interface KnownDisc {
  id: string;
  kind: DiscKind;
  /** Every title is listed, with exact bytes. */
  complete: boolean;
  /** What a scan would tell, in the order of the titles: what is read anew whenever the time is taken. */
  listed: readonly ListedFacts[];
  titles: readonly KnownTitle[];
}

/** What a corpus tells of a title, in the terms of the analysis. */
export interface ListedFacts {
  source: string;
  /** Null on a DVD, whose lists cannot be compared. */
  clips: readonly string[] | null;
  medium: TitleFacts['medium'];
  duration: number;
  bytes: number | null;
  exact: boolean;
  chapters: number | null;
  height: number | null;
  audioTracks: number | null;
  subtitleTracks: number | null;
}

/** The facts of a whole disc; relations come from the clips as on a disc that is scanned. */
export function factsOfList(titles: readonly ListedFacts[]): TitleFacts[] {
  const numbers = numbersOf(titles.map(({ source }) => source));
  const playables = titles.map(
    (
      { duration, bytes, exact, clips, chapters, audioTracks, subtitleTracks },
      index,
    ): Playable => ({
      number: numbers[index] ?? index,
      duration,
      bytes: exact ? bytes : null,
      richness: (chapters ?? 0) + 100 * ((audioTracks ?? 0) + (subtitleTracks ?? 0)),
      segments: clips?.map((key) => ({ key, weight: null })) ?? null,
    }),
  );
  const relations = relationsOf(playables);
  return titles.map((title, index): TitleFacts => {
    const { duration, bytes, chapters, clips, medium, height, audioTracks, subtitleTracks } = title;
    const number = numbers[index] ?? index;
    return {
      number,
      duration,
      bytes,
      chapters,
      relation: relations.get(number) ?? null,
      compared: clips !== null,
      parts: clips ? { count: clips.length, seconds: null } : null,
      medium,
      height,
      audioTracks,
      subtitleTracks,
    };
  });
}

/** "00800.mpls" → 800, "00012.m2ts" → 100012, "03" → 3; what shares a number comes right behind, as 800.001. */
function numbersOf(sources: readonly string[]): number[] {
  const taken = new Set<number>();
  return sources.map((source) => {
    const digits = Number.parseInt(source, 10);
    let number = (Number.isNaN(digits) ? 0 : digits) + (source.includes('.m2ts') ? 100_000 : 0);
    while (taken.has(number)) number += 0.001;
    taken.add(number);
    return number;
  });
}
