import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import type { StepContext } from '../jobs/step.ts';
import type { DriveBus } from '../makemkv/drive-bus.ts';
import type { MakeMkv } from '../makemkv/makemkv.ts';
import { encryptedDisc } from '../scan/encrypted-disc.ts';
import type { Medium } from '../scan/medium/medium.ts';
import { type DiscReaders, type ReadStructure, readStructure } from '../scan/read-structure.ts';
import type { DiscScan } from '../scan/record.ts';
import type { RipBackend } from './backend.ts';
import { createBackupBackend } from './backup-backend.ts';
import { createBlurayBackend } from './bluray/bluray-backend.ts';
import { createDvdBackend } from './dvd/dvd-backend.ts';
import { findMuxer, type RipTools } from './dvd/find-muxer.ts';
import { isUnread } from './rip-result.ts';
import { stagingFull } from './staging-full.ts';
import { createTitleReports } from './title-reports.ts';
import { cancelled } from './until-aborted.ts';
import type { WantedTitle } from './wanted-title.ts';

export interface RipDiscOptions extends DiscReaders {
  makemkv?: MakeMkv | undefined;
  /** Tells a person of trouble that goes on, or (null) that it is over. */
  report?: ((name: string, problem: Problem | null) => void) | undefined;
  /** Nobody may look at all drives while one is read. */
  bus?: DriveBus | undefined;
  tools: RipTools;
  /** Bytes that may be written to the disk of a folder. */
  freeSpace?: (folder: string) => Promise<number>;
  /** Where the job's finished titles go. */
  folder: string;
  workFolder: string;
}

/**
 * Reads what is missing of a job's disc. Throws `disc-needed`, `encrypted`, `staging-full`,
 * `tool-missing`, `cancelled`, and what opening and scanning a disc throws; what happens to a title
 * is in the job.
 */
export async function ripDisc(options: RipDiscOptions, context: StepContext): Promise<void> {
  const read = await readDisc(options, context);
  const { scan, medium } = read;
  try {
    assertRightDisc(scan, context.job().disc);
    const wanted = await wantedTitles(scan, options.folder, context);
    if (wanted.length === 0) return;
    await ripTitles(read, wanted, options, context);
    const scrambled = await takeBackScrambled(wanted, options, context);
    if (scrambled.length > 0)
      await ripTitles(
        { scan: { ...scan, encryption: 'css' }, medium },
        scrambled,
        options,
        context,
      );
  } finally {
    await medium?.close();
  }
}

async function ripTitles(
  read: ReadStructure,
  wanted: readonly WantedTitle[],
  options: RipDiscOptions,
  context: StepContext,
): Promise<void> {
  const backend = await chooseBackend(read, wanted, options, context).catch((error: unknown) => {
    throw isGone(error) ? discNeeded(read.scan.label, 'The disc was taken out', error) : error;
  });
  await assertSpace(backend, options, wanted);
  const end = await backend.run(wanted, createTitleReports(context, wanted));
  if (context.signal.aborted) throw cancelled();
  if (end === 'staging-full')
    throw stagingFull(await spaceFor(backend, options, stillUnread(wanted, context)));
}

/** Titles that turned out to be scrambled although the disc did not look like it: MakeMKV can read them. */
async function takeBackScrambled(
  wanted: readonly WantedTitle[],
  { makemkv }: RipDiscOptions,
  { job, update }: StepContext,
): Promise<WantedTitle[]> {
  const found = new Set(
    job()
      .titles.filter(({ state, error }) => state === 'failed' && error?.code === 'encrypted')
      .map(({ id }) => id),
  );
  const scrambled = wanted.filter(({ id }) => found.has(id));
  if (scrambled.length === 0 || !(await makemkv?.isUsable())) return [];
  await update((draft) => {
    for (const title of draft.titles)
      if (scrambled.some(({ id }) => id === title.id))
        Object.assign(title, { state: 'pending', error: null });
  });
  return scrambled;
}

/**
 * Unencrypted discs are read by us, all others by MakeMKV. Throws `encrypted` when there is no MakeMKV, and
 * `tool-missing` when no program that can rip such a disc is installed.
 */
async function chooseBackend(
  read: ReadStructure,
  wanted: readonly WantedTitle[],
  options: RipDiscOptions,
  context: StepContext,
): Promise<RipBackend> {
  const { scan, medium } = read;
  const { makemkv, bus } = options;
  const { signal } = context;
  if (scan.encryption !== null || scan.structure === 'makemkv' || medium === null) {
    if (makemkv === undefined || !(await makemkv.isUsable())) throw encryptedDisc(scan);
    // It wants the drive to itself.
    await medium?.close();
    return throughMakeMkv({ ...read, makemkv }, wanted, options, context);
  }
  const backend = await openBackend(scan, medium, options, context);
  return bus && medium.origin === 'device' ? onBus(backend, bus, signal) : backend;
}

/** Reads a disc that is not encrypted. */
async function openBackend(
  scan: DiscScan,
  medium: Medium,
  { tools, workFolder }: RipDiscOptions,
  { job, signal }: StepContext,
): Promise<RipBackend> {
  const { tracks } = job().set;
  switch (scan.structure) {
    case 'ifo': {
      const muxer = await findMuxer(tools);
      return createDvdBackend({ scan, medium, muxer, tracks, workFolder, signal });
    }
    case 'mpls':
      return createBlurayBackend({ scan, medium, tools, tracks, workFolder, signal });
    case 'makemkv':
      throw encryptedDisc(scan);
  }
}

/** A copy of the whole disc is made when that is set, or where MakeMKV takes playlists of a Blu-ray for no titles. */
async function throughMakeMkv(
  { scan, medium, makemkv }: ReadStructure & { makemkv: MakeMkv },
  wanted: readonly WantedTitle[],
  options: RipDiscOptions,
  context: StepContext,
): Promise<RipBackend> {
  const { workFolder } = options;
  const { signal } = context;
  const { tracks } = context.job().set;
  const canBackUp = medium?.origin === 'device' && scan.structure !== 'makemkv';
  const backup = () =>
    createBackupBackend({
      scan,
      makemkv,
      readers: options,
      ripOpen: (copy) => openBackend(copy.scan, copy.medium, options, context),
      workFolder,
      signal,
    });
  if (canBackUp && makemkv.mode === 'backup') return backup();
  const { id, disc } = context.job();
  const onQuiet = (isQuiet: boolean) =>
    options.report?.(`quiet-${id}`, isQuiet ? toProblem(quiet(disc.label)) : null);
  const ask = { scan, wanted, tracks, workFolder, signal, onQuiet };
  const backend = await makemkv.backend(ask);
  return canBackUp && scan.structure === 'mpls' && backend.missing > 0 ? backup() : backend;
}

function quiet(label: string): DiscflowError {
  return new DiscflowError(
    'timeout',
    `Nothing of ${label || 'the disc'} has been read for two minutes`,
    {
      hint: 'The drive may be trying hard at a scratch: wait half an hour, or cancel the job, clean the disc and insert it again.',
    },
  );
}

function onBus(backend: RipBackend, bus: DriveBus, signal: AbortSignal): RipBackend {
  return {
    ...backend,
    run: (wanted, reports) => bus.read(() => backend.run(wanted, reports), { signal }),
  };
}

async function readDisc(options: RipDiscOptions, { job, signal }: StepContext) {
  const { source, label } = job().disc;
  try {
    return await readStructure(source, options, { signal });
  } catch (error) {
    throw isGone(error) ? discNeeded(label, `There is no disc at ${source}`, error) : error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof DiscflowError && goneCodes.has(error.code);
}

const goneCodes = new Set(['disc-removed', 'not-a-disc']);

function assertRightDisc(scan: DiscScan, disc: { fingerprint: string | null; label: string }) {
  if (disc.fingerprint !== null && scan.fingerprint !== disc.fingerprint)
    throw discNeeded(disc.label, `Another disc (${scan.label}) is in the drive`);
}

function discNeeded(label: string, message: string, cause?: unknown): DiscflowError {
  return new DiscflowError('disc-needed', message, {
    hint: `Put ${label || 'the disc'} back in; what is missing is read then.`,
    cause,
  });
}

/** The scan's side of every title to be read. One that the scan does not list any more fails. */
async function wantedTitles(
  scan: DiscScan,
  folder: string,
  context: StepContext,
): Promise<WantedTitle[]> {
  const unread = context.job().titles.filter(isUnread);
  const wanted = unread.flatMap(({ id, number }) => {
    const title = scan.titles.find((scanned) => scanned.number === number);
    return title ? [{ id, title, file: join(folder, `${id}.mkv`) }] : [];
  });
  const found = new Set(wanted.map(({ id }) => id));
  if (found.size === unread.length) return wanted;
  await context.update((draft) => {
    for (const title of draft.titles.filter((each) => isUnread(each) && !found.has(each.id))) {
      title.state = 'failed';
      title.error = unlisted(scan);
    }
  });
  return wanted;
}

function unlisted(scan: DiscScan) {
  return {
    code: 'disc-unreadable' as const,
    message: `The disc's structure cannot be read: ${scan.damaged.join('; ')}`.slice(0, 2000),
    hint: 'Clean the disc and retry, or try another drive.',
  };
}

function stillUnread(wanted: readonly WantedTitle[], { job }: StepContext): WantedTitle[] {
  const unread = new Set(
    job()
      .titles.filter(isUnread)
      .map(({ id }) => id),
  );
  return wanted.filter(({ id }) => unread.has(id));
}

async function assertSpace(
  backend: RipBackend,
  options: RipDiscOptions,
  wanted: readonly WantedTitle[],
): Promise<void> {
  const space = await spaceFor(backend, options, wanted);
  if (space.free < space.needed) throw stagingFull(space);
}

async function spaceFor(
  backend: RipBackend,
  options: RipDiscOptions,
  wanted: readonly WantedTitle[],
) {
  const { folder, freeSpace = freeBytes } = options;
  const needed = backend.stagingPeak(wanted);
  return { folder, needed, free: await freeSpace(folder) };
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
