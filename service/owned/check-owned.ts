import type { JobDocument } from '../jobs/document.ts';
import { hasEnded } from '../jobs/states.ts';
import type { Step } from '../jobs/step.ts';
import type { OwnedFinding } from './find-owned.ts';
import { judgeOwned, type OwnedRules } from './judge-owned.ts';

export interface CheckOwnedOptions {
  find: (job: JobDocument) => Promise<OwnedFinding | null>;
  rulesFor: (job: JobDocument) => Promise<OwnedRules>;
  /** Called with what kept the libraries from being looked at; the disc goes its way then. */
  failed: (error: unknown) => void;
  /** Milliseconds after which a library that does not answer is left alone. */
  patience?: number;
}

const PATIENCE_MS = 15_000;

/**
 * Makes sure, between identifying and ripping, that nobody rips for hours what is there already. `judge` looks the job
 * up and gives the change for it.
 */
export function createOwnedCheck({
  find,
  rulesFor,
  failed,
  patience = PATIENCE_MS,
}: CheckOwnedOptions) {
  const judge = async (job: JobDocument): Promise<(draft: JobDocument) => void> => {
    const [finding, rules] = await Promise.all([findInTime(job), rulesFor(job)]);
    return (draft) => {
      if (!hasEnded(draft) && isSameIdentity(draft, job)) judgeOwned(draft, finding, rules);
    };
  };

  const findInTime = async (job: JobDocument): Promise<OwnedFinding | null> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`the libraries did not answer within ${patience / 1000} s`);
      timer = setTimeout(() => reject(error), patience);
    });
    try {
      return await Promise.race([find(job), late]);
    } catch (error) {
      failed(error);
      return null;
    } finally {
      clearTimeout(timer);
    }
  };

  /** The step that identifies, and then looks whether what it found is there. */
  const after =
    (identify: Step): Step =>
    async (context) => {
      const result = await identify(context);
      if (result.end !== 'done' || context.signal.aborted) return result;
      const change = await judge(context.job());
      await context.update(change);
      return result;
    };

  return { judge, after };
}

/** True when the disc of a job that is on its way became another one than was looked up. */
export function mayBeAnother(before: JobDocument, job: JobDocument): boolean {
  const { identify, organize } = job.steps;
  const isOnItsWay = identify.state === 'done' && organize.state === 'pending' && !hasEnded(job);
  return isOnItsWay && before.steps.identify.state === 'done' && !isSameIdentity(before, job);
}

/** True unless the disc is something else by now; then what was found is about another film. */
function isSameIdentity(
  { identity: a }: Pick<JobDocument, 'identity'>,
  { identity: b }: Pick<JobDocument, 'identity'>,
): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(identity: JobDocument['identity']): string {
  if (!identity) return '';
  const { kind, title, year, season, disc, edition, tmdb } = identity;
  return JSON.stringify([kind, title, year, season, disc, edition, tmdb]);
}
