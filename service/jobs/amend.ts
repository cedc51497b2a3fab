import type { OperationBody } from '../contract/request.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import type { MatchRules } from '../match/derive.ts';
import { restateIdentity } from '../review/restate.ts';
import { stateAssignment } from '../review/state-assignment.ts';
import type { JobStore } from '../store/job-store.ts';
import { hasSeen, type JobBook, unknownJob } from './book.ts';
import type { JobDocument } from './document.ts';
import type { Engine } from './engine.ts';
import { retry } from './retry.ts';
import { hasEnded } from './states.ts';
import { stillBeingUndone, type Undo } from './undo.ts';

type Amendment = Omit<OperationBody<'job/amend'>, 'job'>;

interface Options {
  book: JobBook;
  store: Pick<JobStore, 'readArchived'>;
  engine: Pick<Engine, 'change' | 'release'>;
  undo: Undo;
  rules: MatchRules;
}

/**
 * Puts right what a disc or its titles are, also long after they were filed: what is concerned goes back to staging
 * and is filed anew under its right name. Only a crash in the middle leaves the job waiting with what was taken back.
 * Throws `unknown-job`, `not-possible-now` while files are moved or a filed title's job is still on its way, and what an
 * answer of the kind throws; nothing has happened then.
 */
export function createAmend({ book, store, engine, undo, rules }: Options) {
  return async (
    id: string,
    amendment: Amendment,
    transaction: string | undefined,
  ): Promise<JobDocument> => {
    const job = book.get(id) ?? (await store.readArchived(id));
    if (!job) throw unknownJob(id);
    if (hasSeen(job, transaction)) return job;
    if (job.steps.organize.state === 'running' && !hasEnded(job)) throw beingFiled(id);
    if (undo.isRunning(id) || undo.isUnfinished(job)) throw stillBeingUndone(job);
    amend(structuredClone(job), amendment, rules);
    const titles = concerned(job, amendment);
    if (titles.length > 0) {
      if (!hasEnded(job) && job.blocked?.code !== 'undone') throw onItsWay(id);
      await undo.run(id, { titles });
    }
    const changed = await engine.change(
      id,
      (draft) => {
        if (undo.isUnfinished(draft)) throw stillBeingUndone(draft);
        amend(draft, amendment, rules);
        if (hasEnded(draft) || draft.blocked?.code === 'undone') retry(draft, undefined);
      },
      transaction,
    );
    await engine.release(id);
    return changed;
  };
}

function amend(draft: JobDocument, { identity, assignment, by }: Amendment, rules: MatchRules) {
  const speaker = { by: by ?? 'unknown', at: new Date().toISOString(), rules };
  if (identity) restateIdentity(draft, identity, { decidedBy: 'person', ...speaker });
  if (assignment) stateAssignment(draft, assignment, speaker);
}

/** The filed titles whose names change. */
function concerned({ titles }: JobDocument, { identity, assignment }: Amendment): TitleId[] {
  const named = new Set(assignment?.map(({ title }) => title));
  return titles
    .filter(({ id, filed }) => filed !== null && (identity !== undefined || named.has(id)))
    .map(({ id }) => id);
}

/** Some titles are filed, and the job has not ended: their files cannot be moved yet. */
function onItsWay(id: string): DiscflowError {
  return new DiscflowError('not-possible-now', `Job ${id} has filed some titles and goes on`, {
    hint: 'Try again when it has ended: what was filed can be put right then. To end it now, cancel it.',
  });
}

function beingFiled(id: string): DiscflowError {
  return new DiscflowError('not-possible-now', `Job ${id} is being filed`, {
    hint: 'Try again when it has ended: what was filed can be put right then, too.',
  });
}
