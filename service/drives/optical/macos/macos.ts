import type { Problem } from '../../../contract/problem.ts';
import { DiscflowError, toProblem } from '../../../errors.ts';
import type { RunTool } from '../../../tools/run.ts';
import type { DriveContent, DriveHolder, DrivePlatform, DriveSighting } from '../platform.ts';
import { lookAt, polledWatch } from '../polled-watch.ts';
import { type DiskInfo, parseDiskInfo } from './diskutil.ts';
import {
  type DriveStatus,
  type ListedDrive,
  parseDrutilList,
  parseDrutilStatus,
} from './drutil.ts';
import { mediaFacts } from './media.ts';

const POLL_MS = 5_000;
/** Both programs ask the drive, and one that is spinning up answers late. */
const ASK_MS = 20_000;
const EJECT_MS = 30_000;

interface Options {
  readonly run: RunTool;
}

/**
 * Optical drives under macOS, by `drutil` for the drives and `diskutil` for what the system found on the disc.
 * Not yet seen on a real machine: made and tested by the documentation of the two.
 */
export function macosDrives({ run }: Options): DrivePlatform {
  async function ask(program: string, args: string[], signal?: AbortSignal): Promise<string> {
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    await run(program, args, { timeout: ASK_MS, onLine, ...(signal && { signal }) });
    return lines.join('\n');
  }

  async function look(signal?: AbortSignal): Promise<DriveSighting[]> {
    const drives = parseDrutilList(await ask('drutil', ['list'], signal));
    const sightings: DriveSighting[] = [];
    for (const drive of drives) sightings.push(await see(drive, signal));
    return sightings;
  }

  async function see(drive: ListedDrive, signal?: AbortSignal): Promise<DriveSighting> {
    try {
      const args = ['status', '-drive', String(drive.index)];
      const status = parseDrutilStatus(await ask('drutil', args, signal));
      const disk = status.device === null ? null : await diskInfo(status.device, signal);
      return sighting(drive, status, disk);
    } catch (error) {
      if (signal?.aborted) throw error;
      return { ...sighting(drive, NOTHING, null), content: { state: 'unknown' } };
    }
  }

  /** A disc that the system cannot make sense of is a disc all the same. */
  async function diskInfo(device: string, signal?: AbortSignal): Promise<DiskInfo | null> {
    try {
      return parseDiskInfo(await ask('diskutil', ['info', '-plist', device], signal));
    } catch (error) {
      if (signal?.aborted) throw error;
      return null;
    }
  }

  return {
    source: 'drutil',
    unproven: 'Drives under macOS have not yet been tried on a real machine.',
    list: () => look().catch(() => []),
    watch: (watcher) => polledWatch({ look, everyMs: POLL_MS, watcher }),
    look: (name) => lookAt(name, look),
    async eject(drive, { force, signal }) {
      try {
        if (force && drive.device !== '')
          await run('diskutil', ['unmountDisk', 'force', drive.device], {
            timeout: EJECT_MS,
            signal,
          });
        await run('drutil', ['eject', '-drive', indexOf(drive)], { timeout: EJECT_MS, signal });
      } catch (error) {
        throw ejectFailed(drive, error);
      }
    },
    async holders(drive) {
      if (drive.device === '') return [];
      const disk = await diskInfo(drive.device);
      const mount = disk?.MountPoint ?? null;
      const paths = mount === null ? [drive.device] : [drive.device, mount];
      const processes = await ask('lsof', ['-F', 'pc', '--', ...paths]).catch(() => '');
      return [...mounts(mount), ...parseLsof(processes)];
    },
    async missing() {
      try {
        await ask('drutil', ['list']);
        return [];
      } catch (error) {
        return [programMissing(error)];
      }
    },
  };
}

const NOTHING: DriveStatus = { type: null, device: null, blank: false, tracks: null, blocks: null };

/**
 * The place in the list is all that tells two equal drives apart: neither program says a serial number. The
 * device is there with a disc alone.
 */
function sighting(drive: ListedDrive, status: DriveStatus, disk: DiskInfo | null): DriveSighting {
  return {
    name: `drive ${drive.index}`,
    device: status.device ?? '',
    passThrough: null,
    hardware: {
      serial: null,
      bridgeSerial: null,
      port: `${drive.bus} ${drive.index}`,
      vendor: drive.vendor || null,
      model: drive.product || null,
      revision: drive.revision || null,
    },
    content: contentOf(status, disk),
    problem: null,
  };
}

function contentOf(status: DriveStatus, disk: DiskInfo | null): DriveContent {
  if (status.type === null) return { state: 'empty' };
  if (status.device === null && !status.blank) return { state: 'loading' };
  return { state: 'loaded', media: mediaFacts(status, disk) };
}

function indexOf({ name }: DriveSighting): string {
  return name.slice('drive '.length);
}

function mounts(path: string | null): DriveHolder[] {
  return path === null ? [] : [{ kind: 'mount', path }];
}

/** Lines of `lsof -F pc`: a process id behind "p", then the name of its program behind "c". */
export function parseLsof(text: string): DriveHolder[] {
  const found = text.matchAll(/^p(\d+)\nc(.*)$/gm);
  return [...found]
    .map(([, pid, program = '']) => ({ kind: 'process' as const, pid: Number(pid), program }))
    .filter(({ pid }) => pid !== process.pid);
}

/** What else can come of an eject needs no words of ours. */
const saysItself: ReadonlySet<string> = new Set(['tool-missing', 'cancelled']);

function ejectFailed(drive: DriveSighting, cause: unknown): DiscflowError {
  if (cause instanceof DiscflowError && saysItself.has(cause.code)) return cause;
  return new DiscflowError('eject-failed', `macOS did not eject the disc in ${drive.name}`, {
    hint: 'Close what uses the disc (Finder, DVD Player) and try again, or press the button.',
    cause,
  });
}

function programMissing(error: unknown): Problem {
  const { message } = toProblem(error);
  return {
    code: 'tool-missing',
    message: `macOS does not tell of its optical drives: ${message}`,
    hint: 'drutil is part of macOS (/usr/bin/drutil); let the PATH of the service hold /usr/bin.',
  };
}
