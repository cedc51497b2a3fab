import type { HandoffStep, JobSnapshot, JobState } from '../../service/contract/job.ts';
import type { DriveState } from '../../service/contract/station.ts';
import type { StationLink } from './link.ts';
import type { NodeStatusLine, StatusWord } from './node-status.ts';

interface Options {
  step: HandoffStep;
  /** The jobs whose messages wait in this node. */
  jobs: () => Iterable<string>;
  link: StationLink;
  status: NodeStatusLine;
  signal: AbortSignal;
}

const words: Partial<Record<JobState, StatusWord>> = {
  identifying: 'identifying',
  ripping: 'ripping',
  matching: 'matching',
  organizing: 'organizing',
  review_needed: 'reviewing',
  waiting: 'waiting',
};

/** Shows what becomes of the jobs that wait in a node; the returned function shows it anew. */
export function showProgress(options: Options): () => void {
  const { link, status, signal } = options;
  const snapshots = new Map<string, JobSnapshot>();
  const drives = new Map<string, DriveState>();
  const show = () => {
    const waiting = [...options.jobs()];
    const job = waiting.map((id) => snapshots.get(id)).find((one) => one !== undefined);
    if (waiting.length === 0) return status.activity(null);
    if (job === undefined) return status.activity('asking');
    const more = waiting.length > 1 ? [`+${waiting.length - 1}`] : [];
    const details = [...percentOf(drives.get(job.drive), job.id), ...placeOf(job), ...more];
    status.activity(wordOf(job, options.step), details.join(' '));
  };
  const unwatch = link.watch({
    job: (job) => {
      snapshots.set(job.id, job);
      show();
    },
    jobGone: (id) => {
      snapshots.delete(id);
    },
    drive: (id, state) => {
      drives.set(id, state);
      show();
    },
  });
  signal.addEventListener('abort', unwatch, { once: true });
  return show;
}

/** A question can be open while the job rips: for the review node that is what counts. */
function wordOf({ state }: JobSnapshot, step: HandoffStep): StatusWord {
  return step === 'review' ? 'reviewing' : (words[state] ?? 'asking');
}

/** "t03 2/4": which title a step is at. */
function placeOf({ progress }: JobSnapshot): string[] {
  if (!progress) return [];
  const { title, index, count } = progress;
  return [...(title === null ? [] : [title]), `${index}/${count}`];
}

function percentOf(drive: DriveState | undefined, job: string): string[] {
  return drive?.job === job && drive.progress !== null ? [`${drive.progress} %`] : [];
}
