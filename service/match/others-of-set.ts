import type { JobDocument } from '../jobs/document.ts';
import { hasEnded } from '../jobs/states.ts';
import type { FiledEpisodes } from '../store/filed-episodes.ts';
import type { DiscGroup } from './decide/decide-input.ts';

interface Sources {
  readonly filed: Pick<FiledEpisodes, 'discs'>;
  /** Discs that are on their way in any drive. */
  readonly open: readonly JobDocument[];
}

/** The other discs of the same show, with the episodes that they hold for sure: filed ones, and those under way. */
export function othersOfSet(job: JobDocument, { filed, open }: Sources): DiscGroup['others'] {
  const title = job.identity?.title ?? null;
  if (title === null) return [];
  const under = open.filter(
    (other) => other.id !== job.id && !hasEnded(other) && other.identity?.title === title,
  );
  const seen = new Set([job, ...under].map(({ disc }) => disc.fingerprint));
  return [
    ...filed.discs(title).filter(({ fingerprint }) => !seen.has(fingerprint)),
    ...under.map(({ identity, titles }) => ({
      disc: identity?.disc ?? null,
      episodes: titles.flatMap(({ state, match }) =>
        state === 'matched' || state === 'completed'
          ? (match?.episodes ?? []).map((episode) => ({ season: match?.season ?? 1, episode }))
          : [],
      ),
    })),
  ];
}
