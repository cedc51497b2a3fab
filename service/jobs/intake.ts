import type { Arming } from '../contract/arming.ts';
import type { Disc } from '../contract/job.ts';
import { arrivedBefore } from '../owned/arrived-before.ts';
import type { MediaFacts } from '../scan/media-facts.ts';
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
  inspect: (source: string, media: MediaFacts | null) => Promise<Disc>;
  /** The last job of a disc, open or archived. */
  lastJob: (fingerprint: string) => Promise<JobDocument | null>;
  /** Makes sure the disc will be known by this job, before the job exists. */
  rememberJob: (fingerprint: string, job: string) => Promise<void>;
  /** True while the drive still holds this source. */
  holds: (drive: string, source: string) => boolean;
  /** Whether a disc that arrived completely once before is ripped again. */
  duplicates: 'skip' | 'ask' | 'again';
  /** What somebody said the next disc of a drive is, and that it has become one's. */
  armed: (drive: string) => Arming | null;
  armingUsed: (drive: string, id: string) => Promise<void>;
  applyArming: (draft: JobDocument, arming: Arming) => void;
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
  /** What drives said of the discs in them. */
  readonly #media = new Map<string, MediaFacts | null>();
  /** How many discs have left each drive. */
  readonly #departures = new Map<string, number>();
  /** One disc is judged after the other, so that two copies of a new one meet the same job. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  async discInserted(
    drive: string,
    source: string,
    media: MediaFacts | null = null,
  ): Promise<void> {
    this.#media.set(drive, media);
    const departures = this.#departures.get(drive);
    const disc = await this.#options.inspect(source, media);
    return this.#inTurn(async () => {
      // It left while it was looked at, and its source may hold another disc by now.
      if (this.#departures.get(drive) === departures) await this.#take(drive, disc);
    });
  }

  /** A job notes that its disc has left: the next one in the same drive has the same source. */
  async discRemoved(drive: string, source: string): Promise<void> {
    this.#held.delete(drive);
    this.#departures.set(drive, (this.#departures.get(drive) ?? 0) + 1);
    const { book, engine } = this.#options;
    await this.#inTurn(async () => {
      for (const job of book.all())
        if (isIn(job, drive, source))
          await engine.change(job.id, (draft) => {
            draft.ejected = true;
          });
    });
  }

  /** True while the disc of a drive waits for a copy of itself in another one. */
  isHeld(drive: string): boolean {
    return this.#held.has(drive);
  }

  /** Discs that waited for a copy of themselves in another drive get their turn. */
  async retryHeld(): Promise<void> {
    for (const [drive, source] of [...this.#held])
      if (this.#options.holds(drive, source))
        await this.discInserted(drive, source, this.#media.get(drive));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #take(drive: string, disc: Disc): Promise<void> {
    this.#held.delete(drive);
    const known = await this.#knownJob(disc, drive);
    if (!known) return this.#begin(drive, disc);
    if (!hasEnded(known)) return this.#goOn(known, drive, disc);
    if (isIn(known, drive, disc.source) && this.#options.holds(drive, disc.source))
      return this.#options.engine.advance(known.id);
    if (known.outcome !== 'complete') return this.#reopen(known, drive, disc);
    if (this.#options.duplicates === 'again') return this.#begin(drive, disc);
    return this.#arrivedBefore(known, drive, disc);
  }

  async #knownJob({ fingerprint, source }: Disc, drive: string): Promise<JobDocument | null> {
    const { book, lastJob } = this.#options;
    if (fingerprint === null) return book.all().findLast((job) => isIn(job, drive, source)) ?? null;
    const present = book
      .all()
      .filter((job) => job.disc.fingerprint === fingerprint)
      .find((job) => !hasEnded(job) || isIn(job, drive, source));
    return present ?? lastJob(fingerprint);
  }

  async #begin(drive: string, disc: Disc): Promise<void> {
    const { station, book, engine } = this.#options;
    const job = newJob({ station, drive, disc, claim: { node: null, until: this.#claimUntil() } });
    await this.#remember(disc, job.id);
    this.#arm(job, drive);
    await book.create(job);
    await this.#noteArming(job);
    await engine.advance(job.id);
  }

  async #goOn(job: JobDocument, drive: string, { source }: Disc): Promise<void> {
    const { engine, holds } = this.#options;
    if (job.drive !== drive && holds(job.drive, job.disc.source) && !job.ejected) {
      this.#held.set(drive, source);
      return;
    }
    const isNewHere = !isIn(job, drive, source);
    const changed = await engine.change(job.id, (draft) => {
      if (isNewHere) this.#arm(draft, drive);
      draft.drive = drive;
      draft.disc.source = source;
      draft.ejected = false;
      outcomes.readMissing(draft);
    });
    await this.#noteArming(changed);
    await engine.release(job.id);
  }

  async #reopen(job: JobDocument, drive: string, { source }: Disc): Promise<void> {
    const { engine } = this.#options;
    const changed = await engine.change(job.id, (draft) => {
      outcomes.reopen(draft);
      // What could not be read last time may have hidden titles: the disc is looked at anew.
      draft.steps.identify = { ...draft.steps.identify, state: 'pending' };
      draft.drive = drive;
      draft.disc.source = source;
      draft.ejected = false;
      draft.claim = { node: null, until: this.#claimUntil() };
      this.#arm(draft, drive);
    });
    await this.#noteArming(changed);
    await engine.release(job.id);
  }

  /** A disc that arrived before has a job of its own, which says so and ends, or asks first. */
  async #arrivedBefore(before: JobDocument, drive: string, disc: Disc): Promise<void> {
    const { station, book, engine, duplicates } = this.#options;
    const asks = duplicates === 'ask';
    const claim = asks ? { node: null, until: this.#claimUntil() } : null;
    const job = newJob({ station, drive, disc, claim });
    job.owned = arrivedBefore(before, asks ? 'ask' : 'skip');
    this.#arm(job, drive);
    await book.create(job);
    await this.#noteArming(job);
    await engine.advance(job.id);
  }

  /** The disc that comes in is the one that was announced for its drive. */
  #arm(draft: JobDocument, drive: string): void {
    const arming = this.#options.armed(drive);
    if (arming) this.#options.applyArming(draft, arming);
  }

  /** Only when the job has it for good: after a crash in between the job's word counts. */
  async #noteArming({ drive, armed }: JobDocument): Promise<void> {
    if (armed) await this.#options.armingUsed(drive, armed.id);
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
