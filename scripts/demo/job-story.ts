import { linesFor } from '../../service/cli/job-lines.ts';
import type { Paint } from '../../service/cli/paint.ts';
import type { ProgressView } from '../../service/cli/progress-view.ts';
import type { JobEvent } from '../../service/contract/event.ts';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { DriveState } from '../../service/contract/station.ts';
import type { Progress } from '../../service/jobs/step.ts';

/** Turns what a station says on MQTT into lines and bars on the terminal. */
export function createJobStory({ view, paint }: { view: ProgressView; paint: Paint }) {
  const jobs = new Map<string, JobSnapshot>();
  const isPause = createPauseFilter();
  let untold: JobEvent[] = [];

  return {
    job(job: JobSnapshot): void {
      jobs.set(job.id, job);
      tell();
    },
    event(event: JobEvent): void {
      if (!isPause(event)) untold.push(event);
      tell();
    },
    drive(_id: string, drive: DriveState): void {
      for (const job of jobs.values())
        view.progressed(job, drive.job === job.id ? progressOf(drive, job) : null);
    },
  };

  /** An event may come before the state that it led to. */
  function tell(): void {
    const events = untold;
    untold = [];
    for (const event of events) {
      const job = jobs.get(event.job);
      if (!job || job.rev < event.rev) untold.push(event);
      else for (const line of linesFor(job, [event], { paint, many: true })) view.say(line);
    }
  }
}

/** Between two steps a job waits for its flow, for a moment: that is not worth a word. */
function createPauseFilter(): (event: JobEvent) => boolean {
  const pausing = new Set<string>();
  return ({ event_type, job, from, to, code }) => {
    if (event_type !== 'job-state') return false;
    if (to === 'waiting' && code === 'flow') pausing.add(job);
    else return from === 'waiting' && pausing.delete(job);
    return true;
  };
}

/** A drive tells its progress in percent; the job knows how much that is. */
function progressOf({ progress }: DriveState, { titles }: JobSnapshot): Progress | null {
  if (progress === null) return null;
  const wanted = titles.filter((title) => title.wanted);
  const begun = wanted.filter(({ state }) => state !== 'pending').length;
  const bytesTotal = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  const bytesDone = Math.ceil((bytesTotal * progress) / 100);
  return { title: null, index: Math.max(1, begun), count: wanted.length, bytesDone, bytesTotal };
}
