import type { JobDocument } from '../../jobs/document.ts';
import { hasEnded } from '../../jobs/states.ts';

/** What the references are about; null for a disc that has no episodes, or of a show that nobody has named. */
export function subjectOf({ identity }: Pick<JobDocument, 'identity'>): string | null {
  if (identity?.kind !== 'tv' || identity.title === null) return null;
  const { title, tmdb, season } = identity;
  return JSON.stringify([title, tmdb, season]);
}

/** Whether titles that may be episodes are ready, or soon will be. */
export function isToBeMeasured(job: JobDocument): boolean {
  if (hasEnded(job) || job.cancelling || subjectOf(job) === null) return false;
  return job.titles.some(({ state }) => state === 'ripped' || state === 'ripping');
}
