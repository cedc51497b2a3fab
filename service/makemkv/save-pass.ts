import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscflowError } from '../errors.ts';
import { Damage } from './damage.ts';
import { FoundTitles } from './found-titles.ts';
import type { MakeMkvTitle } from './listing.ts';
import { type Heard, type MakeMkvEnd, type MakeMkvProgram, runMakeMkv } from './makemkvcon.ts';
import { codes } from './messages.ts';
import { measureFiles, titlesOfFiles } from './output-files.ts';
import type { RobotRecord } from './robot-record.ts';
import type { MakeMkvSource } from './source.ts';

interface PassOptions {
  readonly program: MakeMkvProgram;
  readonly source: MakeMkvSource;
  readonly minLength: number;
  /** All titles of the disc, or the one that is saved. */
  readonly titles: readonly MakeMkvTitle[];
  readonly which: 'all' | 'single';
  /** What was said of the titles when the disc was looked at. */
  readonly found: string;
  /** A folder that is not there yet. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly listener: PassListener;
  readonly onQuiet: ((isQuiet: boolean) => void) | undefined;
}

/** Told of titles in order, never while a call is still running. What it throws ends the pass. */
export interface PassListener {
  begun(title: MakeMkvTitle): Promise<void>;
  /** Bytes of a title on the disc that are behind us; grows. */
  progressed(title: MakeMkvTitle, bytes: number): void;
  /** The file is finished: the program works on a later one, or has ended well. */
  finished(saved: SavedFile): Promise<void>;
}

export interface SavedFile {
  readonly title: MakeMkvTitle;
  readonly file: string;
  readonly damage: Damage;
}

export interface PassEnd {
  readonly end: MakeMkvEnd;
  /** The program said that it saved what it was asked to, as far as that can be believed. */
  readonly isSuccess: boolean;
  /** Titles that were not finished, with what is there of them and what went wrong. */
  readonly unfinished: readonly { title: MakeMkvTitle; file: string | null; damage: Damage }[];
  /** Bytes that were written in all. */
  readonly written: number;
}

/** One run of `makemkvcon mkv`. Throws `cancelled`, `tool-missing`, and what the listener throws. */
export async function savePass(options: PassOptions): Promise<PassEnd> {
  const { program, source, minLength, titles, which, folder, signal, onQuiet } = options;
  await mkdir(folder, { recursive: true });
  const pass = new Pass(options);
  const single = titles[0]?.index ?? 0;
  const end = await runMakeMkv(program, {
    args: [
      '--noscan',
      `--minlength=${minLength}`,
      'mkv',
      source.argument,
      which === 'all' ? 'all' : String(single),
      folder,
    ],
    device: source.device,
    signal,
    onRecord: (record, heard) => pass.take(record, heard),
    objection: (record) => pass.objection(record),
    written: () => pass.look(),
    onQuiet,
  });
  return pass.close(end);
}

/** What is known of one title while it is saved. */
interface Track {
  readonly title: MakeMkvTitle;
  readonly damage: Damage;
  file: string | null;
  bytes: number;
  /** Looks at the folder since it grew last. */
  still: number;
  begun: boolean;
  done: boolean;
  told: number;
}

const STILL_LOOKS = 2;

/** Follows a pass by what the program says and by what appears in its folder. */
class Pass {
  readonly #options: PassOptions;
  readonly #tracks: readonly Track[];
  readonly #found = new FoundTitles();
  /** Place in the order of saving, by PRGC. */
  #place = -1;
  #saving = false;
  #isTitlePhase = false;
  /** PRGV counts for this title only in the phase that saves. */
  #share = 0;
  #written = 0;

  constructor(options: PassOptions) {
    this.#options = options;
    this.#tracks = options.titles.map((title) => ({
      title,
      damage: new Damage(),
      file: null,
      bytes: 0,
      still: 0,
      begun: false,
      done: false,
      told: 0,
    }));
  }

  take(record: RobotRecord, heard: Heard | null): void {
    this.#found.take(record);
    if (record.type === 'operation') this.#saving = record.code === codes.phaseSavingTitles;
    if (record.type === 'current' && this.#saving) {
      if (record.id !== this.#place) this.#share = 0;
      this.#place = record.id;
      this.#isTitlePhase = record.code === codes.phaseSavingOne;
    }
    if (record.type === 'progress' && this.#saving && this.#isTitlePhase)
      this.#share = record.current / Math.max(1, record.max);
    if (record.type === 'message' && this.#saving && heard)
      this.#blame(record.params, heard, record.code);
  }

  /** Before the first byte is saved: the same index must be the same title as before. */
  objection(record: RobotRecord): DiscflowError | null {
    const begins = record.type === 'operation' && record.code === codes.phaseSavingTitles;
    return begins && this.#found.signature() !== this.#options.found ? shifted() : null;
  }

  /** A file that the message names, else the title that is being saved. */
  #blame(params: readonly string[], { note, isDamage }: Heard, code: number): void {
    const named = this.#tracks.find(({ title }) => params.includes(title.outputFile));
    const track = (isDistinct(this.#tracks) && named) || this.#current();
    if (!track) return;
    if (isDamage) track.damage.readError({ params });
    if (code === codes.titleFailed || code === codes.decodingFailed) track.damage.givenUp = true;
    if (note.action === 'fail-title' && code !== codes.titleFailed) track.damage.add(note.says);
    if (code === codes.readErrorSummary && !track.damage.isOnDisc) track.damage.add(note.says);
  }

  #current(): Track | undefined {
    return this.#tracks[this.#place];
  }

  /** Looks at the folder and tells what has come of it. @returns bytes written so far */
  async look(): Promise<number> {
    await this.#measure();
    for (const track of this.#tracks) {
      await this.#begin(track);
      this.#progress(track);
    }
    for (const track of this.#tracks)
      if (track.still >= STILL_LOOKS && this.#isBehind(track)) await this.#finish(track);
    return this.#written;
  }

  async #measure(): Promise<void> {
    const sizes = await measureFiles(this.#options.folder);
    const owners = this.#ownersOf(sizes);
    for (const track of this.#tracks) {
      const file = [...owners].find(([, title]) => title === track.title)?.[0] ?? null;
      if (track.done) continue;
      if (file === null) {
        Object.assign(track, { file: null, bytes: 0 });
        continue;
      }
      const bytes = sizes.get(file) ?? 0;
      this.#written += Math.max(0, bytes - track.bytes);
      track.still = bytes === track.bytes ? track.still + 1 : 0;
      Object.assign(track, { file: join(this.#options.folder, file), bytes });
    }
  }

  /** In a folder of its own a title's file is the only one, whatever its name. */
  #ownersOf(sizes: ReadonlyMap<string, number>): Map<string, MakeMkvTitle> {
    const { which, titles } = this.#options;
    const [only] = titles;
    if (which === 'all') return titlesOfFiles(sizes.keys(), titles);
    const videos = [...sizes.keys()].filter((name) => /\.mkv$/i.test(name));
    const [file, other] = videos;
    return only && file !== undefined && other === undefined ? new Map([[file, only]]) : new Map();
  }

  async #begin(track: Track): Promise<void> {
    const isNow = track.bytes > 0 || (this.#saving && track === this.#current());
    if (track.begun || !isNow) return;
    track.begun = true;
    await this.#options.listener.begun(track.title);
  }

  #progress(track: Track): void {
    if (!track.begun || track.done) return;
    const share = track === this.#current() ? this.#share : 0;
    const bytes = Math.min(track.title.bytes, Math.max(track.bytes, share * track.title.bytes));
    if (bytes <= track.told) return;
    track.told = bytes;
    this.#options.listener.progressed(track.title, Math.floor(bytes));
  }

  /** The program has moved on, and a later file has something in it. */
  #isBehind(track: Track): boolean {
    const place = this.#tracks.indexOf(track);
    const later = this.#tracks.slice(place + 1);
    return track.bytes > 0 && this.#place > place && later.some(({ bytes }) => bytes > 0);
  }

  async #finish(track: Track): Promise<void> {
    const { title, file, damage } = track;
    if (track.done || file === null || damage.isAny) return;
    track.done = true;
    await this.#options.listener.finished({ title, file, damage });
  }

  async close(end: MakeMkvEnd): Promise<PassEnd> {
    await this.#measure();
    const { result } = end.log;
    const expected = this.#tracks.length;
    const isComplete = result !== null && result.saved + result.failed === expected;
    const endedWell = end.stopped === null && end.exitCode === 0 && isComplete && result.saved > 0;
    const suspects = this.#tracks.filter(({ damage }) => damage.givenUp).length;
    // How many failed must agree with which: else nobody knows which of the others are whole.
    const isBelieved = endedWell && suspects === result.failed;
    for (const track of this.#tracks) {
      if (track.bytes === 0 || !(isBelieved || this.#isBehind(track))) continue;
      await this.#begin(track);
      await this.#finish(track);
    }
    const unfinished = this.#tracks
      .filter(({ done }) => !done)
      .map(({ title, file, damage }) => ({ title, file, damage }));
    const isSuccess = endedWell && unfinished.length === 0;
    return { end, isSuccess, unfinished, written: this.#written };
  }
}

function shifted(): DiscflowError {
  return new DiscflowError(
    'read-error',
    'MakeMKV finds other titles on the disc than a moment before, so nothing was saved',
    {
      hint: 'Read errors hide titles now and then: clean the disc and retry, or try another drive.',
      transient: true,
    },
  );
}

function isDistinct(tracks: readonly Track[]): boolean {
  return new Set(tracks.map(({ title }) => title.outputFile)).size === tracks.length;
}

/** Removes a pass's folder with everything that was not handed over. */
export function removePass(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
