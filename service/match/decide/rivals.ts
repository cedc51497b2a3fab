import type { DecideInput, DiscTitle } from './decide-input.ts';
import { episodeNames } from './episode-names.ts';
import { hasSeasons } from './explain.ts';
import type { Ranked } from './rank-titles.ts';
import type { Scores } from './scores.ts';
import type { SeasonSteps } from './season-steps.ts';

/** Rivals that are further away are told apart by the order of the disc. */
const NEAR = 2;

/**
 * The titles that files of episodes close by fit as clearly as their own, in words: their labels contradict each
 * other, and the order alone is too weak to tell. An episode that another title holds beyond doubt is no rival.
 */
export function rivalsOf(
  input: DecideInput,
  scores: Scores,
  { places }: SeasonSteps,
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
      const held = ranked.get(title)?.[0]?.unit?.episodes ?? [];
      const rival = episodes.find((episode) => !settled.has(episode) && isNear(episode, held));
      const key = rival === undefined ? undefined : input.candidates[rival];
      if (!key) return [];
      return [[title, `A reference of ${episodeNames([key], hasSeasons(input))} fits as well`]];
    }),
  );

  /** Of what is no episode, every one is a rival. */
  function isNear(episode: number, held: readonly number[]): boolean {
    return (
      held.length === 0 ||
      held.some((own) => Math.abs((places[own] ?? 0) - (places[episode] ?? 0)) <= NEAR)
    );
  }
}
