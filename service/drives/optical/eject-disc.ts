import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../contract/problem.ts';
import { DiscflowError, toProblem } from '../../errors.ts';
import type { DriveHolder, DrivePlatform, DriveSighting } from './platform.ts';

/** A drive that is busy, or still spins, often opens a moment later. */
const TRIES = 5;
const LOOK_MS = 50;

export interface EjectTimings {
  /** Between two tries. */
  readonly pauseMs: number;
  /** In which the system says by itself that the disc is out; up to 2.7 s after the tray has opened were seen. */
  readonly seenOutMs: number;
}
export const EJECT_TIMINGS: EjectTimings = { pauseMs: 3000, seenOutMs: 4000 };

interface Options {
  readonly platform: Pick<DrivePlatform, 'eject' | 'holders' | 'look'>;
  readonly drive: DriveSighting;
  /** By what was seen of the drive so far. */
  readonly isOut: () => boolean;
  /** Takes what was seen when the drive was asked. */
  readonly seen: (sighting: DriveSighting) => Promise<void>;
  readonly signal: AbortSignal;
  readonly timings: EjectTimings;
}

/**
 * Opens the tray and makes sure that the disc is out; from the second try on the door is unlocked first, unless the
 * disc is mounted: it is not torn away from whoever uses its files. Throws `eject-failed`, naming who is in the way,
 * `tool-missing`, and `cancelled`.
 */
export async function ejectDisc(options: Options): Promise<void> {
  const { platform, drive, signal, timings } = options;
  let trouble: Problem | null = null;
  for (let attempt = 1; attempt <= TRIES && !signal.aborted; attempt++) {
    if (attempt > 1) await sleep(timings.pauseMs, undefined, { signal }).catch(() => undefined);
    try {
      const force = attempt > 1 && !(await isMounted(options));
      await platform.eject(drive, { force, signal });
      trouble = null;
    } catch (error) {
      if (signal.aborted || isHopeless(error)) throw error;
      trouble = toProblem(error);
    }
    if (await isSeenOut(options, trouble === null)) return;
  }
  throw ejectFailed(drive, await platform.holders(drive), trouble);
}

function isHopeless(error: unknown): boolean {
  return error instanceof DiscflowError && error.code === 'tool-missing';
}

async function isMounted({ platform, drive }: Options): Promise<boolean> {
  return (await platform.holders(drive)).some(({ kind }) => kind === 'mount');
}

/** By what the system tells of its own accord, else by the drive's own word. */
async function isSeenOut(options: Options, hasOpened: boolean): Promise<boolean> {
  const { isOut, platform, drive, seen, signal, timings } = options;
  const end = Date.now() + (hasOpened ? timings.seenOutMs : 0);
  while (!isOut() && Date.now() < end && !signal.aborted) await sleep(LOOK_MS);
  if (isOut()) return true;
  const sighting = await platform.look(drive.name);
  if (sighting) await seen(sighting);
  return sighting === null || isOut();
}

function ejectFailed(
  { device }: DriveSighting,
  holders: readonly DriveHolder[],
  trouble: Problem | null,
): DiscflowError {
  const [mount] = holders.filter((holder) => holder.kind === 'mount');
  const processes = holders.filter((holder) => holder.kind === 'process');
  const users = processes.map(({ program, pid }) => `${program} (process ${pid})`).join(', ');
  const busy = [
    ...(mount ? [`it is mounted at ${mount.path}`] : []),
    ...(users ? [`it is used by ${users}`] : []),
  ].join(' and ');
  const reason = busy || (trouble?.message ?? 'the drive was told to and did not');
  return new DiscflowError('eject-failed', `The disc in ${device} does not come out: ${reason}`, {
    hint: hintFor(mount?.path, users, trouble),
  });
}

function hintFor(mount: string | undefined, users: string, trouble: Problem | null): string {
  if (users) return `End ${users}, then eject again.`;
  if (mount) return `Unmount it ("umount ${mount}"), then eject again.`;
  return trouble?.hint ?? 'Press the button of the drive, or its emergency hole with a paper clip.';
}
