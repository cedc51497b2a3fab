import type { Disc, JobState, StepName } from '../contract/job.ts';

/** The way of each kind of disc. Discs without a way of their own yet are recognised and let out. */
export const recipes: Record<Disc['kind'], readonly StepName[]> = {
  dvd: ['identify', 'rip', 'match', 'organize'],
  bluray: ['identify', 'rip', 'match', 'organize'],
  uhd: ['identify', 'rip', 'match', 'organize'],
  music: ['identify'],
  data: ['identify'],
  blank: ['identify'],
  unknown: ['identify'],
};

/** The state of a job while a step of it runs. */
export const stateDuring: Record<StepName, JobState> = {
  identify: 'identifying',
  rip: 'ripping',
  match: 'matching',
  organize: 'organizing',
};

/** The steps that need the disc in its drive. */
export const readingSteps: ReadonlySet<StepName> = new Set(['identify', 'rip']);
