import { mkdir } from 'node:fs/promises';
import { DiscflowError } from '../errors.ts';
import type { DriveBus } from './drive-bus.ts';
import { type MakeMkvEnd, type MakeMkvProgram, runMakeMkv } from './makemkvcon.ts';
import { codes } from './messages.ts';
import { measureFiles } from './output-files.ts';
import { probeMakeMkv } from './probe.ts';
import type { RobotRecord } from './robot-record.ts';
import { prepareSettings } from './settings.ts';

interface Options {
  device: string;
  /** Where the copy goes; not there yet. */
  folder: string;
  bus: DriveBus;
  signal: AbortSignal;
  /** How much of the disc has been copied, 0 to 1; grows. */
  onShare: (share: number) => void;
}

export interface BackedUp {
  /** Files whose check sum is wrong, upper case; "*": nobody knows which. */
  readonly damaged: ReadonlySet<string>;
}

/** Only these phases look at drives; the next one reads the disc. */
const drivePhases: ReadonlySet<number> = new Set([5018, 5019]);

/**
 * Copies a whole disc, decrypted, into a folder. MakeMKV takes only its own number of the drive for that, which
 * shifts when drives come and go: the drive is checked before a byte is read. Throws what `RunLog.failure` gives,
 * `drive-unavailable`, `drive-busy`, `cancelled`.
 */
export async function backUpDisc(program: MakeMkvProgram, options: Options): Promise<BackedUp> {
  const { device, folder, bus, signal } = options;
  const { drives } = await probeMakeMkv(program, { bus, signal });
  const drive = [...drives.values()].find((row) => row.device === device);
  if (!drive) throw unseen(device);
  await prepareSettings(program.home);
  await mkdir(folder, { recursive: true });
  return bus.scan((settled) => copy(program, { ...options, index: drive.index, settled }), {
    signal,
  });
}

interface Copying extends Options {
  index: number;
  settled: () => void;
}

async function copy(program: MakeMkvProgram, copying: Copying): Promise<BackedUp> {
  const { device, folder, index, settled, signal, onShare } = copying;
  const damaged = new Set<string>();
  let isCopying = false;
  let share = 0;
  const end = await runMakeMkv(program, {
    args: ['--decrypt', 'backup', `disc:${index}`, folder],
    device,
    signal,
    written: async () => sum((await measureFiles(folder)).values()),
    objection: ownDriveOnly(index, device),
    onRecord: (record) => {
      if (record.type === 'operation') {
        isCopying = record.code === codes.phaseCopyingFiles;
        if (!drivePhases.has(record.code)) settled();
      }
      if (record.type === 'progress' && isCopying) {
        share = Math.max(share, record.total / Math.max(1, record.max));
        onShare(share);
      }
      if (record.type === 'message' && record.code === codes.hashFailed)
        damaged.add((record.params[0] ?? '*').toUpperCase());
    },
  });
  return judge(end, damaged);
}

/** Success is said twice; a copy with damaged files is one, too. */
function judge(end: MakeMkvEnd, damaged: Set<string>): BackedUp {
  const { log, objection, stopped } = end;
  if (objection) throw objection;
  const isDone = log.has(...codes.backupDone) && stopped === null;
  const isDamaged = log.has(...codes.backupDamaged) && stopped === null;
  if (log.has(...codes.backupFailed) || !(isDone || isDamaged))
    throw log.failure('MakeMKV could not copy the disc', end);
  if (isDamaged && damaged.size === 0) damaged.add('*');
  return { damaged };
}

/** MakeMKV tells of its drives before it reads: another path in our place, or none at all, and nothing may be copied. */
function ownDriveOnly(index: number, device: string) {
  let isSeen = false;
  return (record: RobotRecord): DiscflowError | null => {
    if (record.type === 'drive' && record.index === index) {
      isSeen = record.device === device;
      return isSeen ? null : moved(index, device, record.device);
    }
    const isCopying = record.type === 'operation' && record.code === codes.phaseCopyingFiles;
    return isCopying && !isSeen ? moved(index, device, 'unknown') : null;
  };
}

function moved(index: number, device: string, now: string): DiscflowError {
  return new DiscflowError(
    'drive-busy',
    `MakeMKV's drive ${index} is ${now || 'none'} now and no longer ${device}, so nothing was read`,
    { hint: 'Drives came or went; it is tried again.', transient: true },
  );
}

function unseen(device: string): DiscflowError {
  return new DiscflowError('drive-unavailable', `MakeMKV does not see the drive ${device}`, {
    hint: 'Check the rights of its sr and sg devices; in a container pass both in.',
  });
}

function sum(sizes: Iterable<number>): number {
  let total = 0;
  for (const size of sizes) total += size;
  return total;
}
