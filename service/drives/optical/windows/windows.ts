import type { Problem } from '../../../contract/problem.ts';
import { DiscflowError, toProblem } from '../../../errors.ts';
import type { RunTool } from '../../../tools/run.ts';
import type { DriveContent, DrivePlatform, DriveSighting } from '../platform.ts';
import { lookAt, polledWatch } from '../polled-watch.ts';
import { type CimDrive, LIST_SCRIPT, parseCimDrives } from './cim.ts';
import { ejectScript } from './eject-script.ts';
import { mediaFacts } from './media.ts';

/** PowerShell takes a second to start. */
const POLL_MS = 10_000;
const ASK_MS = 20_000;
const EJECT_MS = 30_000;

interface Options {
  readonly run: RunTool;
}

/**
 * Optical drives under Windows, by PowerShell and CIM. Not yet seen on a real machine: made and tested by the
 * documentation of the classes.
 */
export function windowsDrives({ run }: Options): DrivePlatform {
  async function look(signal?: AbortSignal): Promise<DriveSighting[]> {
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    const options = { timeout: ASK_MS, onLine, ...(signal && { signal }) };
    await run('powershell.exe', powerShell(LIST_SCRIPT), options);
    return parseCimDrives(lines.join('\n')).map(sighting);
  }

  return {
    source: 'PowerShell',
    unproven: 'Drives under Windows have not yet been tried on a real machine.',
    list: () => look().catch(() => []),
    watch: (watcher) => polledWatch({ look, everyMs: POLL_MS, watcher }),
    look: (name) => lookAt(name, look),
    async eject(drive, { force, signal }) {
      const args = powerShell(ejectScript(drive.name, { force }));
      await run('powershell.exe', args, { timeout: EJECT_MS, signal }).catch((error) => {
        throw ejectFailed(drive, error);
      });
    },
    // Windows has no program that tells who uses a drive.
    holders: async () => [],
    async missing() {
      try {
        await look();
        return [];
      } catch (error) {
        return [notTold(error)];
      }
    },
  };
}

/** As base64 of UTF-16, so that no quoting of arguments can change the script. */
function powerShell(script: string): string[] {
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  return ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
}

/** Windows mounts every disc it can read, so that a reader opens the root folder of its letter. */
function sighting(drive: CimDrive): DriveSighting {
  return {
    name: drive.Drive,
    device: `${drive.Drive}\\`,
    passThrough: null,
    hardware: {
      serial: drive.SerialNumber,
      bridgeSerial: null,
      port: drive.PNPDeviceID,
      vendor: null,
      model: drive.Caption,
      revision: drive.Revision,
    },
    content: contentOf(drive),
    problem: null,
  };
}

function contentOf(drive: CimDrive): DriveContent {
  if (drive.MediaLoaded === null) return { state: 'unknown' };
  if (!drive.MediaLoaded) return { state: 'empty' };
  if (drive.FileSystem === null) return { state: 'loading' };
  return { state: 'loaded', media: mediaFacts(drive) };
}

/** What else can come of an eject needs no words of ours. */
const saysItself: ReadonlySet<string> = new Set(['tool-missing', 'cancelled']);

function ejectFailed(drive: DriveSighting, cause: unknown): DiscflowError {
  if (cause instanceof DiscflowError && saysItself.has(cause.code)) return cause;
  return new DiscflowError('eject-failed', `Windows did not eject the disc in ${drive.name}`, {
    hint: 'Close what uses the disc (Explorer, a player) and try again, or press the button.',
    cause,
  });
}

function notTold(error: unknown): Problem {
  const { message } = toProblem(error);
  return {
    code: 'tool-missing',
    message: `Windows does not tell of its optical drives: ${message}`,
    hint: 'Let the PATH of the service hold powershell.exe (Windows PowerShell 5.1 or newer).',
  };
}
