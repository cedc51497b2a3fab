import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { JobEvent } from '../contract/event.ts';
import type { Problem } from '../contract/problem.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import type { JobFile, JobStore } from '../store/job-store.ts';
import { whenThereIsSpace } from '../store/when-there-is-space.ts';
import { eventsBetween } from './changes.ts';
import { JobDocument } from './document.ts';
import { hasEnded } from './states.ts';

/** How long a transaction is remembered, so that its repeat is answered and not run again. */
const TRANSACTION_MEMORY_MS = 10 * 60 * 1000;
/** A result that no node has fetched in this time goes to the archive with its job; it can be had from there. */
const COLLECT_WITHIN_MS = 24 * 60 * 60 * 1000;
/** Acknowledgements reach the disk together, at most this much later. */
const FLUSH_AFTER_MS = 1000;

/** A job that waits for weeks and is tried again and again keeps its first and its last events. */
const MOST_LINES = 1000;
const FIRST_LINES = 100;

export interface JobBookOptions {
  store: JobStore;
  /** Called in order, once per durable change. Must not throw. */
  onChange: (job: JobDocument, events: JobEvent[], before: JobDocument | null) => void;
  /** The disk with the state is full, or (null) has space again. */
  onStorageProblem: (problem: Problem | null) => void;
  /** False when nobody publishes events (one-shot runs): they go to the history at once. */
  keepOutbox: boolean;
  /** Once aborted, a change that waits for space on a full disk fails: the service is stopping. */
  stopping?: AbortSignal;
}

/**
 * All open jobs, and the one way to change one: check, write durably, then tell. Changes are made one after
 * the other for the whole station, so that event numbers reach the disk in order and without gaps.
 */
export class JobBook {
  readonly #options: JobBookOptions;
  readonly #files = new Map<string, JobFile>();
  /** What others see: only what is on disk. */
  readonly #jobs = new Map<string, JobDocument>();
  readonly #unflushed = new Set<string>();
  #seq = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #flushTimer: NodeJS.Timeout | undefined;
  #isInTrouble = false;

  constructor(options: JobBookOptions) {
    this.#options = options;
  }

  /** Reads the open jobs. @returns what is damaged and was left out */
  async start(): Promise<Problem[]> {
    const { files, problems } = await this.#options.store.open();
    for (const file of files) this.#keep(file);
    const seqs = files.map((file) => file.data.seq);
    this.#seq = Math.max(this.#options.store.archivedSeq, 0, ...seqs);
    return problems;
  }

  /** Finishes what is being written. Nothing can be changed afterwards. */
  async stop(): Promise<void> {
    clearTimeout(this.#flushTimer);
    await this.#flush();
    await this.#queue;
  }

  get(id: string): JobDocument | undefined {
    return this.#jobs.get(id);
  }

  all(): JobDocument[] {
    return [...this.#jobs.values()];
  }

  /** Events nobody has acknowledged yet, of all jobs, in order. */
  unacknowledged(): JobEvent[] {
    return this.all()
      .flatMap((job) => job.outbox)
      .sort((a, b) => a.seq - b.seq);
  }

  create(document: JobDocument): Promise<JobDocument> {
    return this.#oneAfterTheOther(() =>
      this.#commit(this.#options.store.create(document), null, document),
    );
  }

  /**
   * Changes a job. `change` edits a draft; when it throws, nothing happened.
   * With a transaction that this job has seen already, nothing is done again.
   * Throws `unknown-job`.
   */
  change(
    id: string,
    change: (draft: JobDocument) => void,
    transaction?: string,
  ): Promise<JobDocument> {
    return this.#oneAfterTheOther(async () => {
      const file = await this.#fileOf(id);
      const before = file.data;
      if (hasSeen(before, transaction)) return before;
      const draft = structuredClone(before);
      change(draft);
      if (transaction !== undefined) remember(draft, transaction);
      if (isDeepStrictEqual(before, draft)) return before;
      return this.#commit(file, before, draft);
    });
  }

  /** The broker has this event for good. It leaves the disk with the job's next write. */
  acknowledge(event: JobEvent): void {
    void this.#oneAfterTheOther(async () => {
      const file = this.#files.get(event.job);
      if (!file) return;
      const outbox = file.data.outbox.filter(({ seq }) => seq !== event.seq);
      file.data = { ...file.data, outbox };
      this.#keep(file);
      this.#unflushed.add(event.job);
      this.#flushTimer ??= setTimeout(() => void this.#flush(), FLUSH_AFTER_MS).unref();
    });
  }

  /** Moves ended jobs that have nothing left to tell, and whose disc is out, into the archive. */
  archiveEnded(): Promise<void> {
    return this.#oneAfterTheOther(async () => {
      for (const job of this.all()) {
        if (!isDone(job)) continue;
        if (this.#unflushed.has(job.id)) await this.#save(() => this.#files.get(job.id)?.write());
        await this.#save(() => this.#options.store.archive(job));
        this.#files.delete(job.id);
        this.#jobs.delete(job.id);
        this.#unflushed.delete(job.id);
      }
    });
  }

  async #commit(
    file: JobFile,
    before: JobDocument | null,
    draft: JobDocument,
  ): Promise<JobDocument> {
    draft.rev = (before?.rev ?? 0) + 1;
    draft.updatedAt = new Date().toISOString();
    const events = eventsBetween(before, draft, this.#seq + 1);
    draft.seq = events.at(-1)?.seq ?? draft.seq;
    for (const event of events) record(draft, event, this.#options.keepOutbox);
    checkReadable(draft);
    file.data = draft;
    try {
      await this.#save(() => file.write());
    } catch (error) {
      if (before) file.data = before;
      throw error;
    }
    this.#seq = Math.max(this.#seq, draft.seq);
    this.#keep(file);
    this.#unflushed.delete(draft.id);
    this.#options.onChange(draft, events, before);
    return draft;
  }

  async #fileOf(id: string): Promise<JobFile> {
    const file = this.#files.get(id) ?? (await this.#options.store.reopen(id));
    if (!file) throw unknownJob(id);
    this.#keep(file);
    return file;
  }

  #keep(file: JobFile): void {
    this.#files.set(file.data.id, file);
    this.#jobs.set(file.data.id, file.data);
  }

  /** A full disk holds everything up, in order, instead of losing a transition; any trouble is told until it is over. */
  async #save(work: () => Promise<void> | undefined): Promise<void> {
    try {
      await whenThereIsSpace(async () => work(), {
        tell: this.#tell,
        signal: this.#options.stopping,
      });
      if (this.#isInTrouble) this.#tell(null);
    } catch (error) {
      this.#tell(toProblem(error));
      throw error;
    }
  }

  readonly #tell = (problem: Problem | null): void => {
    this.#isInTrouble = problem !== null;
    this.#options.onStorageProblem(problem);
  };

  async #flush(): Promise<void> {
    this.#flushTimer = undefined;
    await this.#oneAfterTheOther(async () => {
      for (const id of this.#unflushed) await this.#save(() => this.#files.get(id)?.write());
      this.#unflushed.clear();
    }).catch(() => undefined);
  }

  #oneAfterTheOther<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** A document that its own schema refuses would be taken for damaged at the next start. Throws `internal`. */
function checkReadable(draft: JobDocument): void {
  const { error } = JobDocument.safeParse(draft);
  if (!error) return;
  const what = z.prettifyError(error).slice(0, 1000);
  throw new DiscflowError('internal', `job ${draft.id} cannot be kept like this: ${what}`, {
    hint: 'Nothing was changed. This is a fault in Discflow; please report it.',
  });
}

function record(draft: JobDocument, event: JobEvent, keepOutbox: boolean): void {
  if (keepOutbox) draft.outbox.push(event);
  const { seq, at, event_type, from, to, title, step, code } = event;
  draft.timeline.push({
    seq,
    at,
    event_type,
    from,
    to,
    ...(title && { title }),
    ...(step && { step }),
    ...(code && { code }),
  });
  draft.timeline.splice(FIRST_LINES, draft.timeline.length - MOST_LINES);
}

function isDone(job: JobDocument): boolean {
  return hasEnded(job) && job.ejected && job.outbox.length === 0 && !job.handoffs.some(isFresh);
}

function isFresh({ at }: JobDocument['handoffs'][number]): boolean {
  return Date.now() - Date.parse(at) < COLLECT_WITHIN_MS;
}

/** Whether a request was carried out already: its repeat changes nothing. */
export function hasSeen(
  job: Pick<JobDocument, 'transactions'>,
  transaction: string | undefined,
): boolean {
  return job.transactions.some((seen) => seen.transaction === transaction);
}

function remember(draft: JobDocument, transaction: string): void {
  const now = Date.now();
  draft.transactions = draft.transactions.filter(
    ({ at }) => now - Date.parse(at) < TRANSACTION_MEMORY_MS,
  );
  draft.transactions.push({ transaction, at: new Date(now).toISOString() });
}

/** What `change` throws for an id that is neither open nor archived. */
export function unknownJob(id: string): DiscflowError {
  return new DiscflowError('unknown-job', `There is no job ${id}`, {
    hint: 'See the ids of all jobs with "discflow jobs" or "discflow history".',
  });
}
