import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackChoice } from '../../contract/job.ts';
import { DiscflowError } from '../../errors.ts';
import { openTitleSet } from '../../scan/dvd/title-set.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import type { RipEnd } from '../backend.ts';
import { isDiskFull } from '../staging-full.ts';
import type { TitleReports } from '../wanted-title.ts';
import { nameWhole } from '../whole-file.ts';
import { type CopiedTitle, copyTitle } from './copy-title.ts';
import type { DvdWanted } from './dvd-wanted.ts';
import type { Expected, Muxer, PreparedMux } from './muxer.ts';
import { StagedCells } from './staged-cells.ts';
import { MUXERS } from './staging-space.ts';
import { keptTracks } from './track-choice.ts';

/** A copied title that can be muxed. */
interface Readied {
  copied: CopiedTitle;
  mux: PreparedMux;
}

interface PipelineOptions {
  medium: Medium;
  muxer: Muxer;
  tracks: TrackChoice | undefined;
  /** A folder of our own for copies and subtitles. */
  workFolder: string;
  reports: TitleReports;
  signal: AbortSignal;
}

/**
 * Titles on their way from disc to MKV: while one is read, those before it are muxed and those
 * before them checked and made durable. A title that fails fails alone; a disc that is gone, a
 * full disk or a cancel ends it.
 */
export class TitlePipeline {
  readonly #options: PipelineOptions;
  readonly #staged = new StagedCells();
  #unread: DvdWanted[] = [];
  readonly #muxing = new Set<Promise<void>>();
  readonly #started: Promise<void>[] = [];
  readonly #finishing: Promise<void>[] = [];
  #end: RipEnd = null;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** @returns why not every title could be tried, or null. Throws only unexpected errors. */
  async run(titles: readonly DvdWanted[]): Promise<RipEnd> {
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
    for (let wanted = this.#unread[0]; wanted && this.#goesOn(); wanted = this.#unread[0]) {
      const readied = await this.#read(wanted);
      this.#unread.shift();
      if (readied) await this.#startMux(wanted, readied);
    }
  }

  /** mkvmerge uses one processor: two titles at a time keep up with a disc that is read faster than it muxes. */
  async #startMux(wanted: DvdWanted, readied: Readied): Promise<void> {
    while (this.#muxing.size >= MUXERS) await Promise.race(this.#muxing);
    const mux = laterAwaited(this.#mux(wanted, readied));
    this.#started.push(mux);
    const counted = mux.catch(() => undefined).then(() => void this.#muxing.delete(counted));
    this.#muxing.add(counted);
  }

  #goesOn(): boolean {
    return this.#end === null && !this.#options.signal.aborted;
  }

  async #read(wanted: DvdWanted): Promise<Readied | null> {
    const { medium, muxer, tracks, signal, reports } = this.#options;
    await reports.started(wanted);
    return this.#orSettle(wanted, async () => {
      const prefix = join(this.#options.workFolder, wanted.id);
      const copied = await copyTitle({
        title: wanted.title,
        titleSet: openTitleSet(medium, wanted.title.titleSet),
        staged: this.#staged,
        prefix,
        signal,
        onBytes: (bytes) => reports.read(wanted, bytes),
      });
      this.#staged.add(copied.vob, copied.cells);
      const kept = keptTracks(copied, tracks);
      const output = partOf(wanted);
      try {
        return { copied, mux: await muxer.prepare({ copied, kept, prefix, output, signal }) };
      } catch (error) {
        this.#staged.muxed(copied.vob);
        throw error;
      }
    });
  }

  async #mux(wanted: DvdWanted, { copied, mux }: Readied): Promise<void> {
    const made = await this.#orSettle(wanted, async () => {
      await mux.make();
      return true;
    });
    this.#staged.muxed(copied.vob);
    for (const { idx, sub } of copied.subtitles) await Promise.all([idx, sub].map(remove));
    await this.#staged.keepFor(this.#unread.map(({ title }) => title));
    if (made) this.#finishing.push(laterAwaited(this.#finish(wanted, mux.expected)));
  }

  async #finish(wanted: DvdWanted, expected: Expected): Promise<void> {
    const { muxer, reports, signal } = this.#options;
    const done = await this.#orSettle(wanted, async () => {
      await muxer.verify(partOf(wanted), expected, signal);
      await nameWhole(partOf(wanted), wanted.file);
      return true;
    });
    if (done) await reports.ripped(wanted);
  }

  /** Does a part of a title's work; when that fails, the title is settled and null returned. */
  async #orSettle<T>(wanted: DvdWanted, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      await remove(partOf(wanted));
      // Who cancelled a job decides what becomes of its titles.
      if (this.#options.signal.aborted) return null;
      if (isDiskFull(error)) await this.#settleFull(wanted);
      else await this.#settleFailed(wanted, error);
      return null;
    }
  }

  async #settleFull(wanted: DvdWanted): Promise<void> {
    this.#end = 'staging-full';
    await this.#options.reports.returned(wanted);
  }

  async #settleFailed(wanted: DvdWanted, error: unknown): Promise<void> {
    const { reports } = this.#options;
    await reports.failed(wanted, error);
    if (!(error instanceof DiscflowError) || error.code !== 'disc-removed') return;
    this.#end = 'disc-removed';
    for (const unread of this.#unread) if (unread !== wanted) await reports.failed(unread, error);
  }
}

function partOf({ file }: DvdWanted): string {
  return `${file}.part`;
}

function remove(path: string): Promise<void> {
  return rm(path, { force: true });
}

/** For work that is awaited later: until then its failure must not end the process. */
function laterAwaited(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}
