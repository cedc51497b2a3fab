import type { Title } from '../../contract/title.ts';
import type { JobDocument } from '../../jobs/document.ts';
import type { DiscTitle } from '../decide/decide-input.ts';
import { descriptionOf } from '../described.ts';
import type { EpisodeKey } from '../episode-key.ts';

/** A ripped title, with what is known of it before its file is opened. */
export interface TitleToMeasure extends Omit<DiscTitle, 'readings' | 'inside' | 'members'> {
  readonly file: string;
}

/** A title that plays others one after the other: nobody reads its file, but it tells their order. */
export type PlayAll = Pick<DiscTitle, 'id' | 'number' | 'duration' | 'members'>;

/** Extras are worth a look when they are so long that one of them may be an episode. */
const SHORTEST_EXTRA_SECONDS = 600;
const looked: ReadonlySet<Title['role']> = new Set(['episode', 'main', 'cut', 'unknown']);

/** The titles of a disc that may be episodes, as far as their files are there; of filed ones those in the library. */
export function titlesToMeasure({ titles, catalogue }: JobDocument): TitleToMeasure[] {
  return titles.flatMap((title) => {
    const { id, number, duration, role, wanted } = title;
    const file = title.file ?? title.filed?.path ?? null;
    const mayBeEpisode =
      looked.has(role) || (role === 'extra' && duration >= SHORTEST_EXTRA_SECONDS);
    if (!wanted || file === null || !mayBeEpisode) return [];
    const description = descriptionOf(id, catalogue);
    return [
      {
        ...{ id, number, duration, role, file },
        described: description ? episodesOf(description) : null,
        stated: title.match && isStated(title.match) ? episodesOf(title.match) : null,
      },
    ];
  });
}

export function playAllsOf({ titles }: Pick<JobDocument, 'titles'>): PlayAll[] {
  return titles
    .filter(({ role }) => role === 'play-all')
    .map(({ id, number, duration, related }) => ({ id, number, duration, members: related }));
}

/** Evidence and policies are worked out anew; what somebody said stands. */
function isStated({ decidedBy }: NonNullable<Title['match']>): boolean {
  return decidedBy !== 'evidence' && decidedBy !== 'policy';
}

function episodesOf({
  kind,
  season,
  episodes,
}: {
  kind: string;
  season?: number | null | undefined;
  episodes?: readonly number[] | undefined;
}): EpisodeKey[] {
  if (kind !== 'episode') return [];
  return (episodes ?? []).map((episode) => ({ season: season ?? 1, episode }));
}
