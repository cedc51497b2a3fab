import type { JobState } from '../contract/job.ts';
import type { TitleState } from '../contract/title.ts';

/**
 * Every transition a job can make. Ended jobs come back through `idle` (retry, the disc again) or
 * `waiting` (undo) with the next attempt; nothing else leaves an end. The README's diagram is made from this.
 */
export const jobTransitions: Record<JobState, readonly JobState[]> = {
  idle: [
    'identifying',
    'ripping',
    'matching',
    'organizing',
    'review_needed',
    'waiting',
    'completed',
    'failed',
    'cancelled',
  ],
  identifying: ['idle', 'ripping', 'review_needed', 'waiting', 'completed', 'failed', 'cancelled'],
  ripping: [
    'identifying',
    'matching',
    'review_needed',
    'waiting',
    'completed',
    'failed',
    'cancelled',
  ],
  matching: ['organizing', 'review_needed', 'waiting', 'completed', 'failed', 'cancelled'],
  organizing: ['matching', 'review_needed', 'waiting', 'completed', 'failed', 'cancelled'],
  review_needed: [
    'identifying',
    'ripping',
    'matching',
    'organizing',
    'waiting',
    'completed',
    'failed',
    'cancelled',
  ],
  waiting: [
    'identifying',
    'ripping',
    'matching',
    'organizing',
    'review_needed',
    'completed',
    'failed',
    'cancelled',
  ],
  completed: ['idle', 'waiting'],
  failed: ['idle', 'waiting'],
  cancelled: ['idle', 'waiting'],
};

/** Every transition a title can make. */
export const titleTransitions: Record<TitleState, readonly TitleState[]> = {
  pending: ['ripping', 'skipped', 'failed'],
  ripping: ['ripped', 'failed', 'pending'],
  ripped: ['matching', 'pending', 'skipped'],
  matching: ['matched', 'review', 'ripped', 'failed'],
  matched: ['completed', 'matching', 'review', 'ripped', 'pending', 'skipped', 'failed'],
  review: ['matched', 'matching', 'ripped', 'pending', 'skipped', 'failed'],
  completed: ['matched'],
  skipped: ['pending', 'ripped'],
  failed: ['pending', 'skipped'],
};

const ended: ReadonlySet<JobState> = new Set(['completed', 'failed', 'cancelled']);

export function hasEnded(job: { state: JobState }): boolean {
  return ended.has(job.state);
}

/** True while a job may go to any of its steps, also to one before those that are done. */
export function canGoBack({ state }: { state: JobState }): boolean {
  return jobTransitions[state].includes('ripping') || state === 'ripping';
}
