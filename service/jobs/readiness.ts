import { stat, statfs } from 'node:fs/promises';
import type { Blocked, ProblemCode } from '../contract/problem.ts';
import type { JobDocument } from './document.ts';

export interface ReadinessOptions {
  /** Root folders of the libraries. */
  roots: readonly string[];
  /** True when the library is there and may be written to. */
  isAvailable: (root: string) => Promise<boolean>;
  /** How many of the programs that a rip can use are installed. */
  installedTools: () => Promise<number>;
  /** A text that is another one as soon as there is another MakeMKV or another key for it. */
  makemkvLicence: () => Promise<string>;
  staging: string;
  clock?: () => number;
}

/** A full disk is tried again when so much more is free than when the job stopped. */
const WORTH_A_TRY_BYTES = 1024 * 1024;
/** Even when nothing seems to have changed, a try now and then finds what was not seen; ever more seldom. */
const TRY_ANYWAY_MS = 60_000;
const TRY_AT_LEAST_MS = 60 * 60_000;

interface Figure {
  read: () => Promise<number>;
  /** By how much it has to grow. */
  enough: number;
  /** Nothing else can end the wait, so a try now and then would read the disc in vain. */
  isAll?: boolean;
}

/** What was seen of a blocked job so far. */
interface Watch {
  code: ProblemCode;
  since: string;
  figure: number;
  /** How long to wait before it is tried although nothing has changed. */
  patience: number;
}

/**
 * Tells whether what a blocked job waits for may have changed: whether some figure has grown since the job
 * stopped. Cheap, and never wrong for long: the step itself checks again and blocks again.
 */
export function createReadiness(options: ReadinessOptions): (job: JobDocument) => Promise<boolean> {
  const { roots, isAvailable, installedTools, makemkvLicence, staging, clock = Date.now } = options;
  const watches = new Map<string, Watch>();

  const licences = countChanges(makemkvLicence);
  const licence: Figure = { read: licences, enough: 1, isAll: true };
  const figures: Partial<Record<ProblemCode, Figure>> = {
    'staging-full': { read: () => freeBytes(staging), enough: WORTH_A_TRY_BYTES },
    'staging-unavailable': { read: () => exists(staging), enough: 1 },
    'library-full': { read: () => sum(roots.map(freeBytes)), enough: WORTH_A_TRY_BYTES },
    'library-unavailable': {
      read: () => sum(roots.map(async (root) => Number(await isAvailable(root)))),
      enough: 1,
    },
    'tool-missing': {
      read: () => sum([installedTools(), licences()]),
      enough: 1,
      isAll: true,
    },
    'makemkv-key': licence,
    'makemkv-outdated': licence,
  };

  return async ({ id, blocked }) => {
    if (!blocked) return false;
    const watched = figures[blocked.code];
    if (!watched) return false;
    const figure = await watched.read();
    const known = watches.get(id);
    const watch = watchOf(blocked, figure, known);
    watches.set(id, watch);
    const grown = known?.since === watch.since && figure >= known.figure + watched.enough;
    if (watched.isAll) return grown;
    return grown || clock() - Date.parse(blocked.since) > watch.patience;
  };
}

/** The lowest figure since the job stopped counts: a disk that filled up further and was freed has grown. */
function watchOf({ code, since }: Blocked, figure: number, known: Watch | undefined): Watch {
  if (known?.code !== code) return { code, since, figure, patience: TRY_ANYWAY_MS };
  if (known.since === since) return { ...known, figure: Math.min(known.figure, figure) };
  const patience = Math.min(2 * known.patience, TRY_AT_LEAST_MS);
  return { code, since, figure, patience };
}

/** Turns a text that changes into a figure that grows. */
function countChanges(read: () => Promise<string>): () => Promise<number> {
  let [changes, last] = [0, ''];
  return async () => {
    const now = await read();
    if (now !== last) changes += 1;
    last = now;
    return changes;
  };
}

async function sum(figures: Promise<number>[]): Promise<number> {
  return (await Promise.all(figures)).reduce((total, figure) => total + figure, 0);
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

function exists(folder: string): Promise<number> {
  return stat(folder).then(
    () => 1,
    () => 0,
  );
}
