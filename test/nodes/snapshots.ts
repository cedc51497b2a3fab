import { ulid } from 'ulid';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Question } from '../../service/contract/question.ts';
import type { Title } from '../../service/contract/title.ts';

/** A job as a station tells it right after a disc came in. */
export function snapshot(changes: Partial<JobSnapshot> = {}): JobSnapshot {
  const now = new Date().toISOString();
  const pending = { state: 'pending', attempt: 0, startedAt: null, endedAt: null } as const;
  return {
    v: 1,
    id: ulid(),
    rev: 1,
    station: 'main',
    drive: 'images',
    attempt: 1,
    mode: 'auto',
    state: 'idle',
    blocked: null,
    outcome: null,
    disc: {
      kind: 'dvd',
      label: 'SOME_DISC',
      fingerprint: null,
      globalId: null,
      bytes: 1000,
      source: '/srv/images/some.iso',
    },
    identity: null,
    titles: [],
    steps: { identify: pending, rip: pending, match: pending, organize: pending },
    questions: [],
    handoffs: [],
    library: null,
    owned: null,
    error: null,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
    ...changes,
  };
}

export function title(changes: Partial<Title> = {}): Title {
  return {
    id: 't01',
    number: 1,
    role: 'main',
    wanted: true,
    state: 'pending',
    duration: 60,
    bytes: 1000,
    chapters: 1,
    angles: 1,
    video: null,
    audio: [],
    subtitles: [],
    related: [],
    file: null,
    match: null,
    filed: null,
    error: null,
    ...changes,
  };
}

export function question(changes: Partial<Question> = {}): Question {
  return {
    id: ulid(),
    rev: 1,
    kind: 'identity',
    text: 'What is SOME_DISC?',
    titles: [],
    candidates: [
      { id: 'c1', label: 'Some Film (1999)', evidence: [] },
      { id: 'c2', label: 'Other Film (2001)', evidence: [] },
    ],
    default: 'c1',
    askedAt: new Date().toISOString(),
    answered: null,
    ...changes,
  };
}
