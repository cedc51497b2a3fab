import type { Arming } from '../contract/arming.ts';
import type { JobEvent } from '../contract/event.ts';
import { type StepName, type StepProgress, stepNames } from '../contract/job.ts';
import type { Problem } from '../contract/problem.ts';
import type { Question } from '../contract/question.ts';
import type { StationInfo } from '../contract/station.ts';
import type { Topics } from '../contract/topics.ts';
import type { Drive } from '../drives/drive.ts';
import type { JobBook } from '../jobs/book.ts';
import type { JobDocument } from '../jobs/document.ts';
import { createPace } from '../jobs/progress.ts';
import { snapshotOf } from '../jobs/snapshot.ts';
import { hasEnded } from '../jobs/states.ts';
import type { Progress } from '../jobs/step.ts';
import type { Outbox } from '../mqtt/outbox.ts';
import type { RetainedTopics } from '../mqtt/retained.ts';
import { openQuestions } from '../review/open-questions.ts';
import { driveAttributes, driveState, finishOf, type Reading } from './drive-state.ts';
import { jobsState } from './jobs-state.ts';
import { reviewEvent, reviewOf, reviewQueue } from './reviews.ts';

const DAY_S = 24 * 60 * 60;
/** A broker of MQTT 5 forgets these by itself when the service never comes back. */
const EXPIRY = { job: 7 * DAY_S, review: 30 * DAY_S };
/** Ended jobs stay visible for a day, but never more than this many. */
const MOST_ENDED = 50;
const STATION_PACE_MS = 200;

export interface AnnouncerOptions {
  topics: Topics;
  retained: Pick<RetainedTopics, 'set' | 'remove'>;
  outbox: Pick<Outbox, 'add'>;
  /** For what is neither state nor transition: notifications of reviews. */
  notify: (topic: string, payload: string) => void;
  book: Pick<JobBook, 'all'>;
  drives: readonly Drive[];
  /** What the next discs of a drive were said to be. */
  armed: (drive: string) => readonly Arming[];
  /** Whether a disc leaves its drive by itself when it has been read. */
  ejects: boolean;
  /** True while the disc of a drive waits for a copy of itself in another one. */
  isHeld: (drive: string) => boolean;
}

/** Says on MQTT how things stand: turns jobs and drives into retained topics, and passes their events on. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #readings = new Map<string, Reading & { paceOf: ReturnType<typeof createPace> }>();
  /** What the steps of jobs are at whose discs are read already. */
  readonly #progress = new Map<string, StepProgress>();
  readonly #ended = new Map<string, number>();
  #problems: ReadonlyMap<string, Problem> = new Map();
  /** What arrived last. */
  #latest: { endedAt: number; title: string | null } = { endedAt: 0, title: null };
  #stationTimer: NodeJS.Timeout | undefined;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Everything that is true at the start, before the first connection. */
  announceAll(info: StationInfo): void {
    const { book } = this.#options;
    this.announceInfo(info);
    for (const job of book.all()) this.#announceJob(job, null);
    this.announceStation();
  }

  /** What a new client wants to know; another one when a drive was plugged in. */
  announceInfo(info: StationInfo): void {
    const { topics, retained } = this.#options;
    retained.set(topics.info, JSON.stringify(info));
  }

  jobChanged(job: JobDocument, events: JobEvent[], before: JobDocument | null): void {
    this.#options.outbox.add(events);
    this.#announceJob(job, before);
    this.announceDrive(job.drive);
    this.#announceStationSoon();
  }

  stop(): void {
    clearTimeout(this.#stationTimer);
  }

  /** A job that ended before this start, still within its day. */
  announceEnded(job: JobDocument): void {
    this.#showEnded(job);
  }

  /** Only reading is the drive's progress: while a disc is filed, its drive may be reading the next one. */
  progressed(job: JobDocument, progress: Progress | null): void {
    if (job.steps.rip.state !== 'running') {
      this.#showStep(job, progress);
      return;
    }
    if (progress === null) this.#readings.delete(job.drive);
    else {
      const paceOf = this.#readings.get(job.drive)?.paceOf ?? createPace();
      this.#readings.set(job.drive, { progress, pace: paceOf(progress), paceOf });
    }
    this.announceDrive(job.drive);
  }

  /** The job tells which title it is at; how far that one is, nobody needs to know. */
  #showStep(job: JobDocument, progress: Progress | null): void {
    const before = this.#progress.get(job.id);
    const step = runningStep(job);
    if (progress === null || step === undefined) {
      this.#progress.delete(job.id);
      return;
    }
    const { title, index, count } = progress;
    if (before?.step === step && before.title === title && before.index === index) return;
    this.#progress.set(job.id, { step, title, index, count });
    this.#announceOpen(job);
  }

  announceDrive(id: string): void {
    const { topics, retained, drives, ejects, isHeld } = this.#options;
    const armed = this.#options.armed(id);
    const drive = drives.find((known) => known.id === id);
    if (!drive) return;
    const job = this.#jobIn(drive);
    const state = driveState(drive, job, {
      reading: this.#readings.get(id) ?? null,
      ejects,
      armed,
      isHeld: isHeld(id),
    });
    retained.set(topics.driveAvailability(id), drive.available ? 'online' : 'offline');
    const activity = `${state.state} ${state.disc} ${state.job} ${state.reading} ${state.armed}`;
    retained.set(topics.driveState(id), JSON.stringify(state), { activity });
    retained.set(topics.driveAttributes(id), JSON.stringify(driveAttributes(drive, job, armed)));
  }

  /** Shows a lasting problem of the station, or (null) that it is over. */
  announceProblem(name: string, problem: Problem | null): void {
    const problems = new Map(this.#problems);
    if (problem) problems.set(name, problem);
    else problems.delete(name);
    this.#problems = problems;
    this.#announceStationSoon();
  }

  /** Counts and queue; also removes what has been shown for its day. */
  announceStation(now = Date.now()): void {
    const { topics, retained, book, drives } = this.#options;
    this.#forgetEnded(now);
    const jobs = book.all();
    const known = {
      latest: this.#latest.title,
      nextFinish: this.#nextFinish(),
      problems: [...this.#problems.values()],
    };
    retained.set(topics.jobsState, JSON.stringify(jobsState(jobs, now, known)));
    retained.set(topics.reviewQueue, JSON.stringify(reviewQueue(jobs)));
    for (const drive of drives) this.announceDrive(drive.id);
  }

  /** Many jobs change together; one message serves them all. */
  #announceStationSoon(): void {
    this.#stationTimer ??= setTimeout(() => {
      this.#stationTimer = undefined;
      this.announceStation();
    }, STATION_PACE_MS).unref();
  }

  #announceJob(job: JobDocument, before: JobDocument | null): void {
    this.#announceReviews(job, before);
    if (hasEnded(job)) this.#showEnded(job);
    else {
      this.#ended.delete(job.id);
      this.#announceOpen(job);
    }
  }

  #announceOpen(job: JobDocument): void {
    const { topics, retained } = this.#options;
    const progress = this.#progress.get(job.id);
    const snapshot = JSON.stringify(snapshotOf(job, progress));
    // Short titles would follow each other faster than anybody can read.
    const activity = progress && { activity: `${job.rev}` };
    retained.set(topics.jobState(job.id), snapshot, { expiry: EXPIRY.job, ...activity });
  }

  #announceReviews(job: JobDocument, before: JobDocument | null): void {
    const { topics, retained, notify } = this.#options;
    for (const question of job.questions) {
      const isOpen = isAsked(job, question.id);
      if (!isOpen) retained.remove(topics.review(question.id));
      else {
        const review = JSON.stringify(reviewOf(job, question));
        retained.set(topics.review(question.id), review, { expiry: EXPIRY.review });
      }
      if (before && (isAsked(before, question.id) !== isOpen || isRevised(before, question)))
        notify(topics.reviewEvent, JSON.stringify(reviewEvent(job, question)));
    }
  }

  #showEnded(job: JobDocument): void {
    const { topics, retained } = this.#options;
    const endedAt = Date.parse(job.endedAt ?? job.updatedAt);
    this.#ended.set(job.id, endedAt);
    retained.set(topics.jobState(job.id), JSON.stringify(snapshotOf(job)), { expiry: DAY_S });
    if (job.outcome !== 'nothing' && endedAt >= this.#latest.endedAt)
      this.#latest = { endedAt, title: job.identity?.title ?? job.disc.label };
    this.#forgetEnded(Date.now());
  }

  #forgetEnded(now: number): void {
    const { topics, retained } = this.#options;
    const byAge = [...this.#ended].sort(([, a], [, b]) => a - b);
    byAge.forEach(([id, endedAt], index) => {
      const tooMany = byAge.length - index > MOST_ENDED;
      if (!tooMany && now - endedAt < DAY_S * 1000) return;
      this.#ended.delete(id);
      retained.remove(topics.jobState(id));
    });
  }

  #jobIn(drive: Drive): JobDocument | undefined {
    const { disc } = drive;
    if (!disc) return undefined;
    const jobs = this.#options.book.all();
    return jobs.findLast(
      (job) => job.drive === drive.id && job.disc.source === disc.source && !job.ejected,
    );
  }

  #nextFinish(): string | null {
    const finishes = [...this.#readings.values()].flatMap(({ pace }) => finishOf(pace) ?? []);
    return finishes.sort()[0] ?? null;
  }
}

function runningStep({ steps }: JobDocument): StepName | undefined {
  return stepNames.find((step) => steps[step].state === 'running');
}

function isAsked(job: JobDocument, question: string): boolean {
  return !hasEnded(job) && openQuestions(job).some(({ id }) => id === question);
}

function isRevised({ questions }: JobDocument, { id, rev }: Question): boolean {
  return questions.some((question) => question.id === id && question.rev !== rev);
}
