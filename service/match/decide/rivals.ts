import type { DecideInput, DiscTitle } from './decide-input.ts';
import { episodeNames } from './episode-names.ts';
import { hasSeasons } from './explain.ts';
import type { Ranked } from './rank-titles.ts';
import type { Scores } from './scores.ts';

/**
 * The titles that files of other episodes fit as clearly as their own, in words: their labels contradict each other,
 * and only the order speaks for one. An episode that another title holds beyond doubt is no rival.
 */
export function rivalsOf(
  input: DecideInput,
  scores: Scores,
  ranked: ReadonlyMap<DiscTitle, readonly Ranked[]>,
): ReadonlyMap<DiscTitle, string> {
  const contested = new Map<DiscTitle, readonly number[]>();
  const settled = new Set<number>();
  for (const [title, [best]] of ranked) {
    if (title.stated) continue;
    const own = new Set(best?.unit?.episodes);
    const clear = input.references.filter(
      (_, reference) => scores.titles[input.titles.indexOf(title)]?.isClear[reference] === true,
    );
    const others = clear.filter(({ episodes }) => !episodes.some((episode) => own.has(episode)));
    if (others.length > 0 && 2 * others.length >= clear.length)
      contested.set(
        title,
        others.flatMap(({ episodes }) => episodes),
      );
    else if (clear.length > 0) for (const episode of own) settled.add(episode);
  }
  return new Map(
    [...contested].flatMap(([title, episodes]): [DiscTitle, string][] => {
      const rival = episodes.find((episode) => !settled.has(episode));
      const key = rival === undefined ? undefined : input.candidates[rival];
      if (!key) return [];
      return [[title, `A reference of ${episodeNames([key], hasSeasons(input))} fits as well`]];
    }),
  );
}
