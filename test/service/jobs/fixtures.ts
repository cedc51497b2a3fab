import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { ulid } from 'ulid';
import type { Identity } from '../../../service/contract/identity.ts';
import type { Disc } from '../../../service/contract/job.ts';
import type { Owned } from '../../../service/contract/owned.ts';
import type { Question } from '../../../service/contract/question.ts';
import type { Title } from '../../../service/contract/title.ts';
import type { Filing, JobDocument } from '../../../service/jobs/document.ts';
import { newJob } from '../../../service/jobs/new-job.ts';

export const silent = pino({ level: 'silent' });

/** A folder of its own for a test, and how to be rid of it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'discflow-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export const someDisc: Disc = {
  kind: 'dvd',
  label: 'HARBOUR_LIGHTS_S1_D1',
  fingerprint: 'A'.repeat(32),
  globalId: null,
  bytes: 1_000_000,
  source: '/discs/harbour.iso',
};

export function someJob(change: Partial<JobDocument> = {}): JobDocument {
  return {
    ...newJob({ station: 'test', drive: 'images', disc: someDisc, claim: null }),
    ...change,
  };
}

export function someTitle(number: number, change: Partial<Title> = {}): Title {
  return {
    id: `t${String(number).padStart(2, '0')}`,
    number,
    role: 'episode',
    wanted: true,
    state: 'pending',
    duration: 1500,
    bytes: 1000,
    chapters: 5,
    angles: 1,
    video: null,
    audio: [],
    subtitles: [],
    related: [],
    file: null,
    match: null,
    filed: null,
    error: null,
    ...change,
  };
}

/** Waits until a condition holds; fails with the description after two seconds. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const until = Date.now() + 2000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function someQuestion(change: Partial<Question> = {}): Question {
  return {
    id: ulid(),
    rev: 1,
    kind: 'identity',
    text: 'Is this disc "Harbour Lights"?',
    titles: [],
    candidates: [{ id: 'label', label: 'Harbour Lights', evidence: [] }],
    default: 'label',
    askedAt: new Date().toISOString(),
    answered: null,
    ...change,
  };
}

export function someIdentity(change: Partial<Identity> = {}): Identity {
  return {
    kind: 'movie',
    title: 'Long Meridian',
    year: null,
    season: null,
    disc: null,
    edition: null,
    tmdb: null,
    genres: [],
    certification: null,
    originalLanguage: null,
    probability: 1,
    decidedBy: 'evidence',
    evidence: [],
    ...change,
  };
}

export function someOwned(change: Partial<Owned> = {}): Owned {
  return {
    by: 'library',
    job: null,
    at: null,
    says: 'Long Meridian (2019) is in library "movies" already',
    sure: true,
    files: [],
    verdict: 'ask',
    decidedBy: 'policy',
    ...change,
  };
}

export function someFiling(change: Partial<Filing> = {}): Filing {
  return {
    title: 't01',
    library: 'tv',
    from: '/staging/t01.mkv',
    to: '/library/x.mkv',
    bytes: 1000,
    inode: 1,
    sha256: null,
    recycled: null,
    state: 'planned',
    ...change,
  };
}
