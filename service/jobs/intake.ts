import type { Disc } from '../contract/job.ts';
import type { JobBook } from './book.ts';
import { FOREVER } from './decide.ts';
import type { JobDocument } from './document.ts';
import type { Engine } from './engine.ts';
import { newJob } from './new-job.ts';
import * as outcomes from './outcomes.ts';
import { hasEnded } from './states.ts';

export interface IntakeOptions {
  station: string;
  book: JobBook;
  engine: Pick<Engine, 'advance' | 'change' | 'release'>;
  /** What can be said of a disc at a glance; never throws: an unreadable one has no fingerprint. */
  inspect: (source: string) => Promise<Disc>;
  /** The last job of a disc, open or archived. */
  lastJob: (fingerprint: string) => Promise<JobDocument | null>;
  /** Makes sure the disc will be known by this job, before the job exists. */
  rememberJob: (fingerprint: string, job: string) => Promise<void>;
  /** True while the drive still holds this source. */
  holds: (drive: string, source: string) => boolean;
  /** Whether a disc that arrived completely once before is ripped again. */
  duplicates: 'skip' | 'again';
  /** How long a flow may claim a new disc before the service decides itself; null: until one does. */
  claimSeconds: number | null;
}

/**
 * Decides which job a disc in a drive belongs to: a disc is known by its fingerprint, never by its label, so an
 * unfinished job goes on in whatever drive its disc turns up, and a finished disc is not ripped twice.
 */
export class Intake {
  readonly #options: IntakeOptions;
  /** Discs that are being read in another drive at this moment. */
  readonly #held = new Map<string, string>();
  /** One disc is judged after the other, so that two copies of a new one meet the same job. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  async discInserted(drive: string, source: string): Promise<void> {
    const disc = await this.#options.inspect(source);
    const taken = this.#queue.then(() => this.#take(drive, disc));
    this.#queue = taken.catch(() => undefined);
    return taken;
  }

  /** An ended job whose disc has left its drive begins anew when the disc comes back. */
  async discRemoved(drive: string, source: string): Promise<void> {
    this.#held.delete(drive);
    const { book, engine } = this.#options;
    for (const job of book.all())
      if (hasEnded(job) && isIn(job, drive, source))
        await engine.change(job.id, (draft) => {
          draft.ejected = true;
        });
  }

  /** Discs that waited for a copy of themselves in another drive get their turn. */
  async retryHeld(): Promise<void> {
    for (const [drive, source] of [...this.#held])
      if (this.#options.holds(drive, source)) await this.discInserted(drive, source);
  }

  async #take(drive: string, disc: Disc): Promise<void> {
    this.#held.delete(drive);
    const known = await this.#knownJob(disc, drive);
    if (!known) return this.#begin(drive, disc);
    if (!hasEnded(known)) return this.#goOn(known, drive, disc);
    if (isIn(known, drive, disc.source) && this.#options.holds(drive, disc.source))
      return this.#options.engine.advance(known.id);
    if (known.outcome !== 'complete') return this.#reopen(known, drive, disc);
    return this.#options.duplicates === 'again'
      ? this.#begin(drive, disc)
      : this.#skip(drive, disc, known);
  }

  async #knownJob({ fingerprint, source }: Disc, drive: string): Promise<JobDocument | null> {
    if (fingerprint !== null) return this.#options.lastJob(fingerprint);
    return this.#options.book.all().findLast((job) => isIn(job, drive, source)) ?? null;
  }

  async #begin(drive: string, disc: Disc): Promise<void> {
    const { station, book, engine } = this.#options;
    const job = newJob({ station, drive, disc, claim: { node: null, until: this.#claimUntil() } });
    await this.#remember(disc, job.id);
    await book.create(job);
    await engine.advance(job.id);
  }

  async #goOn(job: JobDocument, drive: string, { source }: Disc): Promise<void> {
    const { engine, holds } = this.#options;
    if (job.drive !== drive && holds(job.drive, job.disc.source) && !job.ejected) {
      this.#held.set(drive, source);
      return;
    }
    await engine.change(job.id, (draft) => {
      draft.drive = drive;
      draft.disc.source = source;
      draft.ejected = false;
      outcomes.readMissing(draft);
    });
    await engine.release(job.id);
  }

  async #reopen(job: JobDocument, drive: string, { source }: Disc): Promise<void> {
    const { engine } = this.#options;
    await engine.change(job.id, (draft) => {
      outcomes.reopen(draft);
      // What could not be read last time may have hidden titles: the disc is looked at anew.
      draft.steps.identify = { ...draft.steps.identify, state: 'pending' };
      draft.drive = drive;
      draft.disc.source = source;
      draft.ejected = false;
      draft.claim = { node: null, until: this.#claimUntil() };
    });
    await engine.release(job.id);
  }

  async #skip(drive: string, disc: Disc, owned: JobDocument): Promise<void> {
    const { station, book, engine } = this.#options;
    const job = newJob({ station, drive, disc, claim: null });
    job.owned = { job: owned.id, at: owned.endedAt ?? owned.updatedAt };
    await book.create(job);
    await engine.advance(job.id);
  }

  async #remember({ fingerprint }: Disc, job: string): Promise<void> {
    if (fingerprint !== null) await this.#options.rememberJob(fingerprint, job);
  }

  #claimUntil(): string {
    const { claimSeconds } = this.#options;
    return claimSeconds === null
      ? FOREVER
      : new Date(Date.now() + claimSeconds * 1000).toISOString();
  }
}

/** True while the disc has not left the drive since the job took it. */
function isIn({ drive, disc, ejected }: JobDocument, place: string, source: string): boolean {
  return drive === place && disc.source === source && !ejected;
}
