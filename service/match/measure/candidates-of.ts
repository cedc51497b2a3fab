import type { EpisodeCandidate } from '../decide/decide-input.ts';
import type { ListedEpisode } from '../list-episodes.ts';
import type { Reference } from '../references/reference.ts';

/** Without a list nobody knows how long a season is; a number beyond this is a mistake in the name of a file. */
const MOST_EPISODES = 500;

/**
 * The episodes that a disc may hold, in order: those that a catalogue lists, and without one every episode up to the
 * last that has a reference.
 */
export function candidatesOf(
  listed: readonly ListedEpisode[],
  references: readonly Reference[],
): EpisodeCandidate[] {
  if (listed.length > 0)
    return listed.map(({ season, episode, name, runtime, dvd }, aired) => {
      return { season, episode, name, runtime, order: { aired, dvd } };
    });
  const seasons = [...new Set(references.map(({ season }) => season))].sort((a, b) => a - b);
  return seasons.flatMap((season) => {
    const known = references.filter((reference) => reference.season === season);
    const numbers = known.flatMap(({ episodes }) => episodes);
    const [first, last] = [Math.min(1, ...numbers), Math.max(...numbers)];
    return Array.from({ length: Math.min(MOST_EPISODES, last - first + 1) }, (_, index) => {
      const episode = first + index;
      const named = known.find(({ episodes: [one, ...more], name }) => {
        return one === episode && more.length === 0 && name !== null;
      });
      return { season, episode, name: named?.name ?? null, runtime: null };
    });
  });
}
