import { constants } from 'node:fs';
import { copyFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackChoice } from '../contract/job.ts';
import { DiscflowError, systemCode } from '../errors.ts';
import type { RipBackend, RipEnd } from '../rip/backend.ts';
import { MARGIN_BYTES } from '../rip/staging-full.ts';
import type { TitleReports, WantedTitle } from '../rip/wanted-title.ts';
import { nameWhole, partOf } from '../rip/whole-file.ts';
import type { DiscScan } from '../scan/record.ts';
import type { ToolFinder } from '../tools/find.ts';
import type { Damage } from './damage.ts';
import type { DriveBus } from './drive-bus.ts';
import { dropTracks } from './drop-tracks.ts';
import { type Joined, type JoinedTitle, joinTitles } from './join-titles.ts';
import type { ListedDisc } from './list-disc.ts';
import type { MakeMkvTitle } from './listing.ts';
import type { MakeMkvProgram } from './makemkvcon.ts';
import { choosePasses } from './plan-passes.ts';
import { damaged, notOffered, stopReason, unsaved } from './save-failures.ts';
import { type PassEnd, type PassListener, removePass, savePass } from './save-pass.ts';
import type { MakeMkvSource } from './source.ts';
import { verifyTitle } from './verify-title.ts';

interface Options {
  readonly program: MakeMkvProgram;
  readonly find: ToolFinder['find'];
  readonly bus: DriveBus;
  readonly source: MakeMkvSource;
  readonly scan: DiscScan;
  readonly listed: ListedDisc;
  /** The same that the listing was made with. */
  readonly minLength: number;
  readonly wanted: readonly WantedTitle[];
  readonly tracks: TrackChoice | undefined;
  /** Told when nothing is read any more, long before it is given up, and when it goes on. */
  readonly onQuiet: ((isQuiet: boolean) => void) | undefined;
  /** A folder of our own on the disk of staging. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
}

/** Less than this is a full disk: MakeMKV only says that writing failed. */
const FULL_BYTES = 16 * 1024 * 1024;
/** After a second pass without a byte the disc cannot be read: not every title is tried for hours. */
const MOST_FRUITLESS = 2;

export interface MakeMkvBackend extends RipBackend {
  /** Wanted titles that MakeMKV does not offer. */
  readonly missing: number;
}

/** Lets MakeMKV save titles: encrypted discs, and those whose structure only MakeMKV understands. */
export function createMakeMkvBackend(options: Options): MakeMkvBackend {
  const { scan, listed, wanted } = options;
  const joined = joinTitles(wanted, listed);
  const { listing, milliseconds: openMilliseconds } = listed;
  const passes = choosePasses({ scan, listing, titles: joined.titles, openMilliseconds });
  return {
    missing: joined.missing.length,
    stagingPeak: (left) => stagingPeak(left, { ...options, joined, passes }),
    run: (_, reports) => new Saving({ ...options, joined, passes, reports }).run(),
  };
}

/** Which titles are saved, and how. */
interface Plan {
  readonly joined: Joined;
  readonly passes: 'all' | 'single';
}

/** The wanted files, their copies, and at most one beside them: unwanted, or being remade with fewer tracks. */
function stagingPeak(
  wanted: readonly WantedTitle[],
  { joined, passes, listed, tracks }: Plan & Pick<Options, 'listed' | 'tracks'>,
): number {
  const bytes = joined.titles.reduce((sum, { title, wanted: ours }) => {
    const still = ours.filter(({ id }) => wanted.some((one) => one.id === id)).length;
    return sum + still * title.bytes;
  }, 0);
  const kept = new Set(joined.titles.map(({ title }) => title.index));
  const { titles } = listed.listing;
  const unwanted = titles.filter(({ index }) => passes === 'all' && !kept.has(index));
  const remade = tracks ? joined.titles.map(({ title }) => title) : [];
  const beside = [...unwanted, ...remade].map((title) => title.bytes);
  return bytes + Math.max(0, ...beside) + MARGIN_BYTES;
}

/** One rip: passes until each title is whole or given up. */
class Saving {
  readonly #options: Options & Plan & { reports: TitleReports };
  readonly #unsaved: Set<JoinedTitle>;
  readonly #begun = new Set<JoinedTitle>();
  #passes = 0;
  #fruitless = 0;
  #end: RipEnd = null;

  constructor(options: Options & Plan & { reports: TitleReports }) {
    this.#options = options;
    this.#unsaved = new Set(options.joined.titles);
  }

  /** @returns why not every title could be tried. Throws what concerns the whole disc: key, rights, drive … */
  async run(): Promise<RipEnd> {
    const { passes, listed, bus, signal } = this.#options;
    await this.#refuseMissing();
    try {
      await bus.read(
        async () => {
          if (passes === 'all') await this.#pass(listed.listing.titles, 'all');
          for (const one of this.#unsaved)
            if (this.#goesOn()) await this.#pass([one.title], 'single');
        },
        { signal },
      );
    } catch (error) {
      if (signal.aborted) throw error;
      await this.#giveBack();
      if (!(await this.#isFull(error))) throw error;
      this.#end = 'staging-full';
    }
    return this.#end;
  }

  async #isFull(error: unknown): Promise<boolean> {
    const code = systemCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') return true;
    if (code !== 'staging-unavailable') return false;
    const { bavail, bsize } = await statfs(this.#options.workFolder);
    return bavail * bsize < FULL_BYTES;
  }

  #goesOn(): boolean {
    return this.#end === null && !this.#options.signal.aborted;
  }

  async #refuseMissing(): Promise<void> {
    const { joined, reports } = this.#options;
    for (const { wanted, reason } of joined.missing) {
      await reports.started(wanted);
      await reports.failed(wanted, notOffered(wanted, reason));
    }
  }

  async #pass(titles: readonly MakeMkvTitle[], which: 'all' | 'single'): Promise<void> {
    const { program, source, listed, minLength, workFolder, signal, onQuiet } = this.#options;
    this.#passes++;
    const folder = join(workFolder, `pass-${this.#passes}`);
    try {
      const listener = this.#listener(which);
      const done = await savePass({
        program,
        source,
        minLength,
        titles,
        which,
        found: listed.found,
        folder,
        signal,
        listener,
        onQuiet,
      });
      await this.#settle(done, which);
    } finally {
      await removePass(folder);
    }
  }

  #listener(which: 'all' | 'single'): PassListener {
    const { reports } = this.#options;
    const told = new Map<MakeMkvTitle, number>();
    return {
      begun: async (title) => {
        const one = this.#of(title);
        if (one) await this.#begin(one);
      },
      progressed: (title, bytes) => {
        const one = this.#of(title);
        if (one) reports.read(one.wanted[0], bytes - (told.get(title) ?? 0));
        told.set(title, bytes);
      },
      finished: async ({ title, file }) => {
        const one = this.#of(title);
        if (one) await this.#handOver(one, file, which);
        else await rm(file, { force: true });
      },
    };
  }

  #of(title: MakeMkvTitle): JoinedTitle | undefined {
    return [...this.#unsaved].find((one) => one.title === title);
  }

  async #begin(one: JoinedTitle): Promise<void> {
    if (this.#begun.has(one)) return;
    this.#begun.add(one);
    for (const wanted of one.wanted) await this.#options.reports.started(wanted);
  }

  /** A file that is not whole after all is thrown away, and its title tried again by itself. */
  async #handOver(one: JoinedTitle, file: string, which: 'all' | 'single'): Promise<void> {
    const { find, program, signal, reports } = this.#options;
    try {
      await verifyTitle(file, one.title, { find, run: program.run, signal });
    } catch (error) {
      if (signal.aborted || !(error instanceof DiscflowError)) throw error;
      await rm(file, { force: true });
      return which === 'single' ? this.#fail(one, error) : undefined;
    }
    const [first, ...copies] = one.wanted;
    const kept = await this.#withoutUnwanted(file, first);
    for (const copy of copies) {
      await copyFile(kept, partOf(copy.file), constants.COPYFILE_FICLONE);
      await nameWhole(partOf(copy.file), copy.file);
    }
    await nameWhole(kept, first.file);
    this.#unsaved.delete(one);
    for (const wanted of one.wanted) {
      await rm(damagedFile(wanted), { force: true });
      await reports.ripped(wanted);
    }
  }

  /** Without mkvmerge all tracks stay. */
  async #withoutUnwanted(file: string, { id }: WantedTitle): Promise<string> {
    const { find, program, tracks, workFolder, signal } = this.#options;
    const mkvmerge = tracks && (await find('mkvmerge'));
    if (!mkvmerge) return file;
    const output = join(workFolder, `${id}.mkv`);
    const { run } = program;
    return dropTracks({ mkvmerge: mkvmerge.path, run }, file, { choice: tracks, output, signal });
  }

  async #fail(one: JoinedTitle, error: unknown): Promise<void> {
    await this.#begin(one);
    this.#unsaved.delete(one);
    for (const wanted of one.wanted) await this.#options.reports.failed(wanted, error);
  }

  async #settle({ end, unfinished, isSuccess, written }: PassEnd, which: 'all' | 'single') {
    if (this.#options.signal.aborted || isSuccess) return;
    const reason = stopReason(end);
    if (reason) return this.#stop(reason);
    const isDamaged = unfinished.some(({ damage }) => damage.isOnDisc);
    if (written === 0 && !isDamaged) this.#fruitless++;
    for (const { title, file, damage } of unfinished) {
      const one = this.#of(title);
      if (!one) continue;
      if (damage.isOnDisc) await this.#keepDamaged(one, file, damage);
      else if (which === 'single') await this.#fail(one, unsaved(end, one));
    }
    if (this.#fruitless < MOST_FRUITLESS) return;
    for (const one of this.#unsaved) await this.#fail(one, unsaved(end, one));
  }

  /** Damaged titles are never filed as good: what could be read of them stays beside the others. */
  async #keepDamaged(one: JoinedTitle, file: string | null, damage: Damage): Promise<void> {
    const [first] = one.wanted;
    const kept = file === null ? null : damagedFile(first);
    if (file !== null && kept !== null) await rename(file, kept);
    await this.#fail(one, damaged(first, damage, kept));
  }

  /** What ends the rip for all titles: the disc is out, staging is full, or something a person has to mend. */
  async #stop(error: DiscflowError): Promise<void> {
    if (error.code === 'disc-removed') {
      this.#end = 'disc-removed';
      for (const one of this.#unsaved) await this.#fail(one, error);
    } else throw error;
  }

  async #giveBack(): Promise<void> {
    for (const one of this.#unsaved)
      if (this.#begun.has(one))
        for (const wanted of one.wanted) await this.#options.reports.returned(wanted);
  }
}

function damagedFile({ file }: WantedTitle): string {
  return file.replace(/\.mkv$/, '.damaged.mkv');
}
