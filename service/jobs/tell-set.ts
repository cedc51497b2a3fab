import { isDeepStrictEqual } from 'node:util';
import { setKeyOf } from '../identify/set-key.ts';
import { offerSet, setAnswerOf } from '../review/offer-set.ts';
import type { AnsweredSets } from '../store/answered-sets.ts';
import type { JobDocument } from './document.ts';
import { hasEnded } from './states.ts';

interface Options {
  sets: Pick<AnsweredSets, 'record'>;
  jobs: () => readonly JobDocument[];
  change: (job: string, change: (draft: JobDocument) => void) => Promise<unknown>;
  /** Does what must be on disk, and says what hinders it. */
  keep: (work: () => Promise<void>) => void;
  failed: (error: unknown) => void;
}

/** One answer to what a disc is offers itself to the other discs of its set, now and later. */
export function createSetTeller({ sets, jobs, change, keep, failed }: Options) {
  return (job: JobDocument, before: JobDocument | null): void => {
    const answer = setAnswerOf(job);
    const key = setKeyOf(job.disc);
    if (!answer || !key || (before && isDeepStrictEqual(answer, setAnswerOf(before)))) return;
    keep(() => sets.record(key, answer));
    for (const other of jobs())
      if (other.id !== job.id && !hasEnded(other) && setKeyOf(other.disc) === key)
        change(other.id, (draft) => offerSet(draft, answer)).catch(failed);
  };
}
