import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '../../../service/contract/identity.ts';
import type { Match, Title } from '../../../service/contract/title.ts';
import { eventsBetween } from '../../../service/jobs/changes.ts';
import { JobDocument } from '../../../service/jobs/document.ts';
import { newJob } from '../../../service/jobs/new-job.ts';
import type { Progress, StepContext } from '../../../service/jobs/step.ts';
import type { Library } from '../../../service/organize/library.ts';
import { setUpLibrary } from '../../../service/organize/marker.ts';
import type { OrganizeOptions } from '../../../service/organize/organize-step.ts';

/** A file system in memory where there is one: these tests sync a lot. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A staging folder, two libraries and a job with ripped files, all real. */
export interface Bench {
  readonly root: string;
  readonly staging: string;
  readonly movies: Library;
  readonly tv: Library;
  readonly options: OrganizeOptions;
  readonly context: StepContext & { readonly said: Progress[] };
  /** Goes back to the documents on record, as a new process would. */
  reopened(signal?: AbortSignal): StepContext;
  close(): Promise<void>;
}

export interface BenchInit {
  titles: Title[];
  identity?: Partial<Identity>;
  policies?: Partial<ReturnType<OrganizeOptions['policies']>>;
  contents?: Record<string, string | Buffer>;
  /** Root of the movie library; a folder beside staging by default. */
  moviesRoot?: string;
  onUpdate?: () => void;
}

export async function bench(init: BenchInit): Promise<Bench> {
  const root = await mkdtemp(join(MEMORY, 'discflow-organize-'));
  const staging = join(root, 'staging');
  const movies: Library = {
    id: 'movies',
    kind: 'movie',
    root: init.moviesRoot ?? join(root, 'Movies'),
  };
  const tv: Library = { id: 'tv', kind: 'tv', root: join(root, 'TV') };
  for (const library of [movies, tv]) {
    await mkdir(library.root, { recursive: true });
    await setUpLibrary(library);
  }
  const ledger = { job: await ripped(init, staging) };
  return {
    root,
    staging,
    movies,
    tv,
    options: {
      libraries: [movies, tv],
      staging,
      version: '0.1.0',
      policies: () => ({ existing: 'keep-both', extras: 'keep', ...init.policies }),
    },
    context: contextOf(ledger, init),
    reopened: (signal) => contextOf(ledger, init, signal),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

async function ripped(init: BenchInit, staging: string): Promise<JobDocument> {
  const job = newJob({
    station: 'test',
    drive: 'images',
    disc: {
      kind: 'dvd',
      label: 'DISC',
      fingerprint: 'A'.repeat(32),
      globalId: null,
      bytes: 1,
      source: '/disc.iso',
    },
    claim: null,
  });
  await mkdir(join(staging, job.id), { recursive: true });
  const titles: Title[] = [];
  for (const title of init.titles) {
    const file = join(staging, job.id, `${title.id}.mkv`);
    await writeFile(file, init.contents?.[title.id] ?? `content of ${title.id}`);
    titles.push({ ...title, file });
  }
  return { ...job, identity: identityOf(init.identity), titles };
}

/** Updates like the service: the state tables are asked, the document must fit its schema, nothing is shared. */
function contextOf(
  ledger: { job: JobDocument },
  init: BenchInit,
  signal = new AbortController().signal,
): Bench['context'] {
  const said: Progress[] = [];
  return {
    said,
    signal,
    job: () => ledger.job,
    async update(change) {
      init.onUpdate?.();
      const draft = structuredClone(ledger.job);
      change(draft);
      draft.rev += 1;
      eventsBetween(ledger.job, draft, 1);
      ledger.job = JobDocument.parse(JSON.parse(JSON.stringify(draft)));
      init.onUpdate?.();
      return ledger.job;
    },
    progress: (progress) => said.push(progress),
  };
}

function identityOf(stated: Partial<Identity> = {}): Identity {
  return {
    kind: 'movie',
    title: 'The Matrix',
    year: 1999,
    season: null,
    disc: null,
    edition: null,
    tmdb: 603,
    genres: [],
    certification: null,
    originalLanguage: null,
    probability: 1,
    decidedBy: 'person',
    evidence: [],
    ...stated,
  };
}

export function matchOf(stated: Partial<Match>): Match {
  return {
    kind: 'movie',
    season: null,
    episodes: [],
    name: null,
    probability: 1,
    decidedBy: 'person',
    evidence: [],
    ...stated,
  };
}

/** A matched title: `number` on the disc, what it is, and anything else. */
export function matched(number: number, match: Partial<Match>, more: Partial<Title> = {}): Title {
  return {
    id: `t${String(number).padStart(2, '0')}`,
    number,
    role: match.kind === 'episode' ? 'episode' : match.kind === 'extra' ? 'extra' : 'main',
    wanted: true,
    state: 'matched',
    duration: 100,
    bytes: 10,
    chapters: 1,
    angles: 1,
    video: null,
    audio: [],
    subtitles: [],
    related: [],
    file: null,
    match: matchOf(match),
    filed: null,
    error: null,
    ...more,
  };
}

export const film = (number = 1): Title => matched(number, { kind: 'movie' });

/** Every file below a folder with its content, hidden ones of ours left out. */
export async function visible(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { path, isFolder } of await entriesOf(folder))
    if (!isFolder && !/(^|\/)\./.test(path))
      files[path] = await readFile(join(folder, path), 'utf8');
  return files;
}

/** Paths of all files and empty folders below a folder. */
export async function everything(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder);
  const isEmpty = (path: string) => !entries.some((one) => one.path.startsWith(`${path}/`));
  return entries
    .filter(({ path, isFolder }) => !isFolder || isEmpty(path))
    .map(({ path }) => path)
    .sort();
}

async function entriesOf(folder: string): Promise<{ path: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map((entry) => ({
    path: join(entry.parentPath, entry.name).slice(folder.length + 1),
    isFolder: entry.isDirectory(),
  }));
}
