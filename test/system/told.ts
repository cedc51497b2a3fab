import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Answer, QuestionKind } from '../../service/contract/question.ts';
import { DriveState, JobsState } from '../../service/contract/station.ts';
import { openQuestions } from '../../service/review/open-questions.ts';
import { distinctSeqs, type Observer } from './station.ts';
import { until } from './until.ts';

/** What can be told of a station by looking on: the sentences of which the tests are made. */
export interface Told {
  /** Waits until something is so; throws with the text, and what the station says of its jobs, after the limit. */
  until: typeof until;
  /** The first job for which it holds, once there is one. */
  jobWhere(
    what: string,
    holds: (job: JobSnapshot) => boolean,
    limitMs?: number,
  ): Promise<JobSnapshot>;
  /** The job of an image when it has ended, in this attempt or a later one. */
  ended(image: string, attempt?: number, limitMs?: number): Promise<JobSnapshot>;
  /** Answers the open question of a job, as a person does. */
  answer(job: JobSnapshot, kind: QuestionKind, answer: Answer): Promise<void>;
  /** The last that was said of all jobs together, or of the drive "images". */
  jobsState(): JobsState | undefined;
  driveState(): DriveState | undefined;
  /** Ids of the titles that began to be read, in one attempt or in all, in order. */
  reads(attempt?: number): string[];
  /** Names of all files in the libraries, or in staging. */
  filed(): Promise<string[]>;
  staged(): Promise<string[]>;
  /** Every event arrived, in order and once, and all that was said fits the contract. */
  assertWholeStory(): void;
}

interface Sources {
  observer: Observer;
  library: string;
  staging: string;
  /** What the service has logged. */
  said: () => string;
}

export function told({ observer, library, staging, said }: Sources): Told {
  const { jobs, events, faults, retained } = observer;

  function picture(): string {
    const lines = [...jobs.values()].map(
      ({ disc, state, outcome, blocked, error }) =>
        `${disc.label}: ${state} ${outcome ?? ''} ${JSON.stringify(blocked ?? error)}`,
    );
    return [...lines, said().slice(-2000)].join('\n');
  }

  const untilHere: Told['until'] = (what, look, options) =>
    until(what, look, { picture, ...options });

  const jobWhere: Told['jobWhere'] = (what, holds, limitMs) =>
    untilHere(
      `a job that is ${what}`,
      () => [...jobs.values()].find(holds),
      limitMs === undefined ? {} : { limitMs },
    );

  return {
    until: untilHere,
    jobWhere,
    ended(image, attempt = 1, limitMs) {
      const name = basename(image);
      const hasEnded = (job: JobSnapshot) =>
        basename(job.disc.source) === name && job.endedAt !== null && job.attempt >= attempt;
      return jobWhere(`the ended one of ${name}`, hasEnded, limitMs);
    },
    async answer(job, kind, answer) {
      const question = openQuestions(job).find((open) => open.kind === kind);
      assert.ok(question, `nobody is asked about ${kind}`);
      const { id: review, rev } = question;
      await observer.requests.request('review/answer', { review, rev, answer });
    },
    jobsState() {
      const text = retained.get('jobs/state');
      return text === undefined ? undefined : JobsState.parse(JSON.parse(text));
    },
    driveState() {
      const text = retained.get('drive/images/state');
      return text === undefined ? undefined : DriveState.parse(JSON.parse(text));
    },
    reads: (attempt) =>
      events
        .filter(({ event_type, to }) => event_type === 'title-state' && to === 'ripping')
        .filter((event) => attempt === undefined || event.attempt === attempt)
        .map(({ title }) => title ?? ''),
    filed: () => filesIn(library),
    staged: () => filesIn(staging),
    assertWholeStory() {
      const seqs = distinctSeqs(events);
      assert.deepEqual(
        seqs,
        seqs.map((_, index) => index + 1),
      );
      assert.deepEqual(faults, []);
    },
  };
}

/** Names of all files below a folder that are no hidden ones, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}
