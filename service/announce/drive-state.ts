import type { Arming } from '../contract/arming.ts';
import type { DriveActivity, DriveAttributes, DriveState } from '../contract/station.ts';
import type { Drive } from '../drives/drive.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { Pace } from '../jobs/progress.ts';
import { hasEnded } from '../jobs/states.ts';
import type { Progress } from '../jobs/step.ts';
import { nameOf as nameOfStatement } from '../review/statement.ts';

/** An expected end that moves by less than this is not worth a message. */
const FINISH_STEP_MS = 60_000;

/** What is read at the moment, if anything. */
export interface Reading {
  progress: Progress;
  pace: Pace;
}

interface Circumstances {
  /** What the next discs were said to be. */
  armed?: readonly Arming[];
  reading: Reading | null;
  /** Whether a disc leaves its drive by itself when it has been read. */
  ejects: boolean;
  /** The same disc is being read in another drive. */
  isHeld?: boolean;
}

/** The drive alone, for dashboards: what becomes of a job after its disc was read is the job's state. */
export function driveState(
  drive: Drive,
  job: JobDocument | undefined,
  { reading, ejects, armed = [], isHeld = false }: Circumstances,
): DriveState {
  const state = isHeld && drive.disc && !job ? 'waiting' : activityOf(drive, job, ejects);
  const shown = state === 'ripping' ? reading : null;
  return {
    v: 1,
    state,
    disc: drive.disc ? (job?.disc.label ?? drive.disc.label) : drive.leftAlone,
    job: job?.id ?? null,
    title: job?.identity?.title ?? null,
    reading: shown && `${shown.progress.index} of ${shown.progress.count}`,
    progress: shown?.pace.percent ?? null,
    speed: shown?.pace.speed ?? null,
    finish: shown && finishOf(shown.pace),
    queued: drive.queued,
    safe_to_eject: state !== 'identifying' && state !== 'ripping' && state !== 'loading',
    armed: armed[0] ? nameOfStatement(armed[0].identity) : null,
    problem: drive.problem,
  };
}

export function driveAttributes(
  drive: Drive,
  job: JobDocument | undefined,
  armed: readonly Arming[] = [],
): DriveAttributes {
  return {
    v: 1,
    name: drive.name,
    kind: drive.kind,
    location: drive.location,
    label: drive.disc && (job?.disc.label ?? drive.disc.label),
    fingerprint: drive.disc && (job?.disc.fingerprint ?? null),
    job: job?.id ?? null,
    armed: [...armed],
  };
}

function activityOf(drive: Drive, job: JobDocument | undefined, ejects: boolean): DriveActivity {
  if (drive.problem) return 'error';
  if (drive.tray) return drive.tray;
  if (!drive.disc && drive.loading) return 'loading';
  if (!drive.disc) return drive.leftAlone === null ? 'empty' : 'waiting';
  if (!job) return 'loading';
  if (job.state === 'identifying') return 'identifying';
  if (job.state === 'ripping' && job.steps.rip.state === 'running') return 'ripping';
  const wasRead = hasEnded(job) || job.steps.rip.state === 'done';
  return wasRead && ejects ? 'ejecting' : 'waiting';
}

/** Rounded, so that it is published only when it really moves; null for what is no date. */
export function finishOf({ finish }: Pace): string | null {
  if (finish === null || !Number.isFinite(finish) || finish > 8e15) return null;
  return new Date(Math.ceil(finish / FINISH_STEP_MS) * FINISH_STEP_MS).toISOString();
}
