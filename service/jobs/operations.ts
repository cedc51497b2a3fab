import type { JobSet, JobSnapshot } from '../contract/job.ts';
import type { Operation, OperationBody, OperationData } from '../contract/request.ts';
import { DiscflowError } from '../errors.ts';
import type { MatchRules } from '../match/derive.ts';
import type { Matching } from '../match/matching.ts';
import { applyAnswer } from '../review/answer.ts';
import type { Armings } from '../store/armings.ts';
import type { JobStore } from '../store/job-store.ts';
import { createAmend } from './amend.ts';
import { armDrive } from './arm-drive.ts';
import { type JobBook, unknownJob } from './book.ts';
import type { JobDocument } from './document.ts';
import type { Engine } from './engine.ts';
import { findingsThatFit } from './findings-that-fit.ts';
import { ask, claim } from './handoffs.ts';
import { historyEntry, queryHistory } from './history.ts';
import { newestFirst } from './newest-first.ts';
import { applyOverrides } from './overrides.ts';
import { createRematch } from './rematch.ts';
import { retry } from './retry.ts';
import { snapshotOf } from './snapshot.ts';
import { hasEnded } from './states.ts';
import { stillBeingUndone, type Undo } from './undo.ts';

/** What a handler knows beside the body: the client's transaction, when it has one. */
export interface OperationContext {
  transaction?: string;
}

export type Operations = {
  [Op in Operation]: (
    body: OperationBody<Op>,
    context: OperationContext,
  ) => Promise<OperationData<Op>>;
};

export interface OperationsOptions {
  book: JobBook;
  store: JobStore;
  engine: Engine;
  rules: MatchRules;
  /** Throws `config-invalid` for a naming template that cannot be used, and `unknown-library`. */
  checkWish: (set: JobSet) => void;
  undo: Undo;
  matching: Pick<Matching, 'measure' | 'forget'>;
  /** Aborted when the service stops. */
  stopping: AbortSignal;
  armings: Armings;
  /** Throws `unknown-drive`. */
  checkDrive: (drive: string) => void;
  ejectDrive: (drive: string) => Promise<void>;
  /** Looks what is in a drive now; throws `unknown-drive`. */
  lookIntoDrive: (drive: string) => Promise<void>;
}

/** Everything that can be asked of a running service, for MQTT and the command line alike. */
export function createOperations(options: OperationsOptions): Operations {
  const { book, store, engine, rules, checkWish, undo, ejectDrive, armings } = options;
  const amend = createAmend({ book, store, engine, undo, rules });
  const rematch = createRematch({ ...options, signal: options.stopping });
  /** What is wrong with a wish is said to who made it, not hours later when the disc is filed. */
  const override = (draft: JobDocument, set: JobSet) => {
    checkWish(set);
    applyOverrides(draft, set, rules);
  };

  return {
    'job/get': async ({ job }) =>
      asJob(book.get(job) ?? (await store.readArchived(job)) ?? missing(job)),

    'job/list': async ({ states }) => {
      const jobs = book.all().filter((job) => !states || states.includes(job.state));
      return { jobs: jobs.sort(newestFirst).map(historyEntry) };
    },

    'job/claim': async ({ job, node, carry }, { transaction }) =>
      asJob(await engine.change(job, (draft) => claim(draft, node, carry ?? {}), transaction)),

    'job/step': async ({ job, step, node, carry, set, each, timeout }, { transaction }) =>
      asJob(
        await engine.change(
          job,
          (draft) => {
            if (set) override(draft, set);
            if (step !== 'review' && !draft.requested.includes(step)) draft.requested.push(step);
            if (node === undefined) return;
            const until = timeout === undefined ? null : secondsFromNow(timeout);
            ask(draft, { node, step, carry: carry ?? {}, each: each ? [] : null, until });
          },
          transaction,
        ),
      ),

    'job/update': async ({ job, set }, { transaction }) => {
      const changed = await engine.change(job, (draft) => override(draft, set), transaction);
      // Another library, or one title less, may be what the job waited for.
      await engine.release(job);
      return asJob(changed);
    },

    'job/cancel': async ({ job }, { transaction }) =>
      asJob(
        await engine.change(
          job,
          (draft) => {
            if (undo.isRunning(job)) throw stillBeingUndone(draft);
            if (!hasEnded(draft)) draft.cancelling = true;
          },
          transaction,
        ),
      ),

    'job/retry': async ({ job, titles }, { transaction }) => {
      const again = (draft: JobDocument) => {
        if (undo.isUnfinished(draft)) throw stillBeingUndone(draft);
        retry(draft, titles);
      };
      const changed = await engine.change(job, again, transaction);
      await engine.release(job);
      return asJob(changed);
    },

    'job/undo': async ({ job }, { transaction }) => asJob(await undo.run(job, { transaction })),

    'job/amend': async ({ job, ...amendment }, { transaction }) =>
      asJob(await amend(job, amendment, transaction)),

    'job/rematch': ({ job }, { transaction }) => rematch(job, transaction),

    'job/explain': async ({ job }) => {
      const { findings } = book.get(job) ?? (await store.readArchived(job)) ?? missing(job);
      return { findings: findings && findingsThatFit(findings) };
    },

    'review/answer': async ({ review, rev, answer, by }, { transaction }) => {
      const job = book.all().find(({ questions }) => questions.some(({ id }) => id === review));
      if (!job) throw unknownQuestion(review);
      const who = { by: by ?? 'unknown', at: new Date().toISOString() };
      return asJob(
        await engine.change(
          job.id,
          (draft) => applyAnswer(draft, review, rev, answer, who, rules),
          transaction,
        ),
      );
    },

    'handoff/take': async ({ job, handoff }) => {
      const changed = await engine.change(job, (draft) => {
        findHandoff(draft, handoff).taken += 1;
      });
      const { carry, taken, ...handed } = findHandoff(changed, handoff);
      return { handoff: handed, carry, redelivered: taken > 1, job: snapshotOf(changed) };
    },

    'handoff/acknowledge': async ({ job, handoff }) => {
      await engine.change(job, (draft) => {
        findHandoff(draft, handoff);
        draft.handoffs = draft.handoffs.filter(({ id }) => id !== handoff);
      });
      return {};
    },

    'drive/eject': async ({ drive }) => {
      if (engine.isReading(drive)) throw beingRead(drive);
      await ejectDrive(drive);
      return {};
    },

    'drive/look': async ({ drive }) => {
      await options.lookIntoDrive(drive);
      return {};
    },

    'drive/arm': async (body) => {
      options.checkDrive(body.drive);
      checkWish({ library: body.library ?? null });
      return armDrive(body, { book, engine, armings, rules });
    },

    'history/query': async (span) => ({ jobs: await queryHistory({ book, store }, span) }),
  };
}

function asJob(job: JobDocument): { job: JobSnapshot } {
  return { job: snapshotOf(job) };
}

function missing(job: string): never {
  throw unknownJob(job);
}

function secondsFromNow(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

function findHandoff(job: JobDocument, id: string): JobDocument['handoffs'][number] {
  const handoff = job.handoffs.find((candidate) => candidate.id === id);
  if (handoff) return handoff;
  throw new DiscflowError('unknown-handoff', `Job ${job.id} has no handoff ${id} any more`, {
    hint: 'It was acknowledged already; nothing needs to be done.',
  });
}

function beingRead(drive: string): DiscflowError {
  return new DiscflowError('drive-busy', `The disc in drive "${drive}" is being read`, {
    hint: 'It comes out by itself when it has been read. To have it at once, cancel its job.',
  });
}

function unknownQuestion(id: string): DiscflowError {
  return new DiscflowError('unknown-question', `There is no question ${id}`, {
    hint: 'It was answered and its job has ended, or it never existed. Open ones are on review/queue.',
  });
}
