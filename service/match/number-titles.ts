import type { MatchStatement, Title } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import type { Catalogue } from '../jobs/document.ts';
import { describedEpisode } from './described.ts';
import { isOpen } from './is-open.ts';

/** The contract has no episode beyond this. */
const LAST_EPISODE = 9999;

interface Numbering {
  /** All episodes of the disc, in order. */
  titles: readonly Title[];
  season: number;
  /** The episode that the disc begins with. */
  first: number;
  catalogue: Catalogue | null | undefined;
}

interface Numbered {
  id: TitleId;
  episodes: number[];
  /** What TheDiscDB says of it. */
  described: MatchStatement | undefined;
}

/**
 * Each open title as TheDiscDB describes it, else by its place among all, past the episodes that are
 * given to other titles already.
 */
export function numberTitles({ titles, season, first, catalogue }: Numbering): Numbered[] {
  const given = titles
    .map((title) => (isOpen(title) ? describedEpisode(title, catalogue) : title.match))
    .filter((match) => match?.season === season)
    .flatMap((match) => match?.episodes ?? []);
  const used = new Set(given);
  return titles.flatMap((title, index): Numbered[] => {
    if (!isOpen(title)) return [];
    const described = describedEpisode(title, catalogue);
    if (described) return [{ id: title.id, episodes: described.episodes, described }];
    let episode = Math.min(first + index, LAST_EPISODE);
    while (used.has(episode) && episode < LAST_EPISODE) episode += 1;
    used.add(episode);
    return [{ id: title.id, episodes: [episode], described: undefined }];
  });
}
