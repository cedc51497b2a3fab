import { DiscflowError, toProblem } from '../../../errors.ts';
import type { ToolFinder } from '../../../tools/find.ts';
import type { RunTool } from '../../../tools/run.ts';
import type { DriveSighting } from '../platform.ts';

/** A tray needs some seconds; a drive that is spinning up lets wait longer. */
const LIMIT_MS = 30_000;

interface Options {
  readonly find: ToolFinder['find'];
  readonly run: RunTool;
  /** First take back the lock of the door, and use the SCSI commands if `eject` does not get it open. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

type Way = () => Promise<unknown>;

/**
 * Opens a tray once: by `eject` of util-linux, which unmounts what it may, or by SCSI commands through the generic
 * device. Throws `eject-failed`, `tool-missing` and `cancelled`.
 */
export async function openTray(
  { device, passThrough }: Pick<DriveSighting, 'device' | 'passThrough'>,
  { find, run, force, signal }: Options,
): Promise<void> {
  const [eject, prevent, start] = await Promise.all([
    find('eject'),
    force ? find('sg_prevent') : null,
    force ? find('sg_start') : null,
  ]);
  const limits = { timeout: LIMIT_MS, signal };
  const ways: Way[] = [];
  if (eject) ways.push(() => run(eject.path, [device], limits));
  if (start) ways.push(() => run(start.path, ['--eject', passThrough ?? device], limits));
  if (ways.length === 0) throw noProgram();
  if (force && eject) await quietly(() => run(eject.path, ['-i', 'off', device], limits));
  if (prevent) await quietly(() => run(prevent.path, ['--allow', passThrough ?? device], limits));
  await firstThatWorks(ways, device, signal);
}

async function firstThatWorks(
  ways: readonly Way[],
  device: string,
  signal: AbortSignal,
): Promise<void> {
  let cause: unknown;
  for (const way of ways) {
    try {
      await way();
      return;
    } catch (error) {
      if (signal.aborted) throw error;
      cause ??= error;
    }
  }
  throw new DiscflowError('eject-failed', `${device} did not open: ${toProblem(cause).message}`, {
    hint: 'Press the button of the drive. If it stays closed, end the programs that use the drive.',
    cause,
    transient: true,
  });
}

/** A lock that cannot be taken back may not be there at all. */
async function quietly(way: Way): Promise<void> {
  try {
    await way();
  } catch {
    // The opening itself tells.
  }
}

function noProgram(): DiscflowError {
  return new DiscflowError('tool-missing', 'No program is installed that opens a tray', {
    hint: 'Install it (apt install eject), or take the disc out by the button of the drive.',
  });
}
