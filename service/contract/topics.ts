import type { Operation } from './request.ts';

/** The topics of one station; `base` may have several levels ("home/discflow"). */
export function topicsOf(base: string, station: string) {
  const root = `${base}/${station}`;
  return {
    root,
    status: `${root}/status`,
    info: `${root}/info`,
    selfTest: `${root}/selftest`,
    jobsState: `${root}/jobs/state`,
    jobState: (job: string) => `${root}/job/${job}/state`,
    reviewQueue: `${root}/review/queue`,
    reviewEvent: `${root}/review/event`,
    review: (question: string) => `${root}/review/${question}`,
    driveAvailability: (drive: string) => `${root}/drive/${drive}/availability`,
    driveState: (drive: string) => `${root}/drive/${drive}/state`,
    driveAttributes: (drive: string) => `${root}/drive/${drive}/attributes`,
    driveEvent: (drive: string) => `${root}/drive/${drive}/event`,
    request: (op: Operation) => `${root}/request/${op}`,
    response: (op: Operation) => `${root}/response/${op}`,
    requests: `${root}/request/#`,
    responses: `${root}/response/#`,
    jobStates: `${root}/job/+/state`,
    driveEvents: `${root}/drive/+/event`,
  };
}
export type Topics = ReturnType<typeof topicsOf>;
