import { join } from 'node:path';
import type { Problem } from '../../../contract/problem.ts';
import type { ToolFinder } from '../../../tools/find.ts';
import type { RunTool } from '../../../tools/run.ts';
import type { DriveHolder, DrivePlatform, DriveSighting } from '../platform.ts';
import { askDrive } from './ask-drive.ts';
import { findContainer } from './container.ts';
import { findHolders } from './drive-holders.ts';
import { missingRight } from './drive-rights.ts';
import type { LinuxSystem } from './linux-system.ts';
import { createLinuxWatch } from './linux-watch.ts';
import { openTray } from './open-tray.ts';
import { sightingOf } from './sighting.ts';
import {
  type KernelDrive,
  listBareScsiDrives,
  listKernelDrives,
  readKernelDrive,
} from './sysfs.ts';
import { readUdevRecord } from './udev-database.ts';
import { answered } from './udev-properties.ts';

export interface LinuxOptions {
  readonly find: ToolFinder['find'];
  readonly run: RunTool;
  /** Where /sys, /run, /proc, /dev and /etc are; tests bring their own. */
  readonly root?: string;
  /** How often drives are looked at, beside what udev tells; milliseconds. */
  readonly pollMs?: number;
}

const POLL_MS = 2000;

/** Optical drives under Linux: udev and sysfs, and the drive itself only where these are silent. */
export function createLinuxPlatform({
  find,
  run,
  root = '/',
  pollMs = POLL_MS,
}: LinuxOptions): DrivePlatform {
  const sys = join(root, 'sys');
  const udev = join(root, 'run', 'udev');
  const proc = join(root, 'proc');
  const deviceOf = (name: string) => join(root, 'dev', name);
  let container: Promise<string | null> | undefined;
  const circumstances = async () => {
    container ??= findContainer(root);
    return { root, container: await container };
  };
  const system: LinuxSystem = {
    kernelDrives: () => listKernelDrives(sys),
    kernelDrive: (name) => readKernelDrive(sys, name),
    record: ({ deviceNumber }) => readUdevRecord(udev, deviceNumber),
    ask: ({ name }, signal) => askDrive(deviceOf(name), { find, run, signal }),
    sighting: async (drive, properties) => {
      const problem = await missingRight(deviceOf(drive.name), await circumstances());
      return sightingOf(drive, { deviceOf, properties, problem });
    },
  };

  return {
    source: 'udev',
    list,
    watch: (watcher) => createLinuxWatch({ system, watcher, pollMs, find, run }),
    look,
    eject: (drive, { force, signal }) => openTray(drive, { find, run, force, signal }),
    holders,
    missing,
  };

  async function list(): Promise<DriveSighting[]> {
    const drives = await Promise.all(
      (await system.kernelDrives()).map(async (drive) =>
        system.sighting(drive, (await system.record(drive)) ?? (await system.ask(drive))),
      ),
    );
    return [...drives, ...(await bareDrives())];
  }

  /** The drive's own word on whether a disc is in counts; udev, where it agrees, says more about the disc. */
  async function look(name: string): Promise<DriveSighting | null> {
    const drive = await system.kernelDrive(name);
    if (drive === null) return null;
    const [asked, record] = [await system.ask(drive), await system.record(drive)];
    const agree = asked?.get('ID_CDROM_MEDIA') === record?.get('ID_CDROM_MEDIA');
    return system.sighting(drive, asked === null || agree ? record : answered(asked, record));
  }

  async function holders({ name, device, passThrough }: DriveSighting): Promise<DriveHolder[]> {
    const drive = await readKernelDrive(sys, name);
    const paths = [device, ...(passThrough === null ? [] : [passThrough])];
    return findHolders(proc, { number: drive?.deviceNumber ?? '', paths });
  }

  /** A kernel without the driver "sr", as in some network storages, gives devices for commands only. */
  async function bareDrives(): Promise<DriveSighting[]> {
    return (await listBareScsiDrives(sys)).map((name) => ({
      name,
      device: deviceOf(name),
      passThrough: deviceOf(name),
      hardware: {
        serial: null,
        bridgeSerial: null,
        port: null,
        vendor: null,
        model: null,
        revision: null,
      },
      content: { state: 'unknown' },
      problem: noDriver(deviceOf(name)),
    }));
  }

  async function missing(): Promise<Problem[]> {
    const drives = await system.kernelDrives();
    const around = await circumstances();
    const names = drives.flatMap(({ name, scsiGeneric }) => [name, scsiGeneric ?? []].flat());
    const rights = await Promise.all(names.map((name) => missingRight(deviceOf(name), around)));
    const bare = (await listBareScsiDrives(sys)).map((name) => noDriver(deviceOf(name)));
    const silent = drives.length > 0 ? await silence(drives, around.container) : [];
    return [...rights.filter((problem) => problem !== null), ...bare, ...silent];
  }

  /** Why udev does not tell of discs. */
  async function silence(drives: readonly KernelDrive[], container: string | null) {
    const records = await Promise.all(drives.map((drive) => system.record(drive)));
    if (records.every((record) => record !== null))
      return (await find('udevadm')) || container !== null ? [] : [noMonitor()];
    return [noRecords(container)];
  }
}

function noDriver(device: string): Problem {
  return {
    code: 'drive-unavailable',
    message: `The drive ${device} has no block device: the kernel lacks the driver "sr_mod"`,
    hint: 'Load it with "modprobe sr_mod". Where the system has none, use the drive on another machine.',
  };
}

function noRecords(container: string | null): Problem {
  const message = 'udev tells nothing of the drives here, so they are asked every few seconds';
  const hint =
    container === null
      ? 'Start udev (systemd-udevd): discs are then seen at once, and drives keep their names.'
      : 'Give the container the data of udev: -v /run/udev:/run/udev:ro.';
  return { code: 'tool-missing', message, hint };
}

function noMonitor(): Problem {
  return {
    code: 'tool-missing',
    message: 'udevadm is not there, so drives are looked at every two seconds',
    hint: 'Install it (apt install udev): discs are then seen at once.',
  };
}
