import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { DiscflowError } from '../errors.ts';
import type { RipEnd } from './backend.ts';
import { isDiskFull } from './staging-full.ts';
import type { TitleReports, WantedTitle } from './wanted-title.ts';
import { nameWhole, partOf } from './whole-file.ts';

/** Titles that are muxed at the same time: one uses one processor, and a disc may be read faster than that. */
export const MUXERS = Math.min(2, availableParallelism());

/** A title that was read, and its MKV that can be made. */
export interface ReadTitle<W extends WantedTitle> {
  make(): Promise<void>;
  /** Throws `tool-failed` when the finished file is not what it must be. */
  verify(): Promise<void>;
  /** The MKV is made or given up: deletes what none of the titles that are left needs. */
  release(left: readonly W[]): Promise<void>;
}

export interface PipelineOptions<W extends WantedTitle> {
  /** Brings a title from the disc to staging; its MKV goes to `part`. */
  read(wanted: W, part: string): Promise<ReadTitle<W>>;
  reports: TitleReports;
  signal: AbortSignal;
}

/**
 * Titles on their way from disc to MKV: while one is read, those before it are muxed and those
 * before them checked and made durable. A title that fails fails alone; a disc that is gone, a
 * full disk or a cancel ends it.
 */
export class TitlePipeline<W extends WantedTitle> {
  readonly #options: PipelineOptions<W>;
  #unread: W[] = [];
  readonly #muxing = new Set<Promise<void>>();
  readonly #started: Promise<void>[] = [];
  readonly #finishing: Promise<void>[] = [];
  #end: RipEnd = null;

  constructor(options: PipelineOptions<W>) {
    this.#options = options;
  }

  /** @returns why not every title could be tried, or null. Throws only unexpected errors. */
  async run(titles: readonly W[]): Promise<RipEnd> {
    this.#unread = [...titles];
    try {
      await this.#readAll();
    } finally {
      await Promise.allSettled(this.#started);
      await Promise.allSettled(this.#finishing);
    }
    await Promise.all([...this.#started, ...this.#finishing]);
    return this.#end;
  }

  async #readAll(): Promise<void> {
    const { read, reports } = this.#options;
    for (let wanted = this.#unread[0]; wanted && this.#goesOn(); wanted = this.#unread[0]) {
      const next = wanted;
      await reports.started(next);
      const title = await this.#orSettle(next, () => read(next, partOf(next.file)));
      this.#unread.shift();
      if (title) await this.#startMux(next, title);
    }
  }

  async #startMux(wanted: W, title: ReadTitle<W>): Promise<void> {
    while (this.#muxing.size >= MUXERS) await Promise.race(this.#muxing);
    const mux = laterAwaited(this.#mux(wanted, title));
    this.#started.push(mux);
    const counted = mux.catch(() => undefined).then(() => void this.#muxing.delete(counted));
    this.#muxing.add(counted);
  }

  #goesOn(): boolean {
    return this.#end === null && !this.#options.signal.aborted;
  }

  async #mux(wanted: W, title: ReadTitle<W>): Promise<void> {
    const made = await this.#orSettle(wanted, async () => {
      await title.make();
      return true;
    });
    await title.release(this.#unread);
    if (made) this.#finishing.push(laterAwaited(this.#finish(wanted, title)));
  }

  async #finish(wanted: W, title: ReadTitle<W>): Promise<void> {
    const done = await this.#orSettle(wanted, async () => {
      await title.verify();
      await nameWhole(partOf(wanted.file), wanted.file);
      return true;
    });
    if (done) await this.#options.reports.ripped(wanted);
  }

  /** Does a part of a title's work; when that fails, the title is settled and null returned. */
  async #orSettle<T>(wanted: W, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      await rm(partOf(wanted.file), { force: true });
      // Who cancelled a job decides what becomes of its titles.
      if (this.#options.signal.aborted) return null;
      if (isDiskFull(error)) await this.#settleFull(wanted);
      else await this.#settleFailed(wanted, error);
      return null;
    }
  }

  async #settleFull(wanted: W): Promise<void> {
    this.#end = 'staging-full';
    await this.#options.reports.returned(wanted);
  }

  async #settleFailed(wanted: W, error: unknown): Promise<void> {
    const { reports } = this.#options;
    await reports.failed(wanted, error);
    if (!(error instanceof DiscflowError) || error.code !== 'disc-removed') return;
    this.#end = 'disc-removed';
    for (const unread of this.#unread) if (unread !== wanted) await reports.failed(unread, error);
  }
}

/** For work that is awaited later: until then its failure must not end the process. */
function laterAwaited(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}
