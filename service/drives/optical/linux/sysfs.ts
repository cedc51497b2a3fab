import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { portPath } from './port-path.ts';

/** What the kernel says of a drive without touching it. */
export interface KernelDrive {
  /** "sr0" */
  readonly name: string;
  /** "11:0" */
  readonly deviceNumber: string;
  /** Capacity as the kernel last saw it; null for what it says of empty and unread drives. */
  readonly bytes: number | null;
  /** "sg3": takes SCSI commands. */
  readonly scsiGeneric: string | null;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly revision: string | null;
  /** INQUIRY page 0x80, where the kernel has asked for it. */
  readonly serial: string | null;
  /** Where it is plugged in, in udev's words (ID_PATH). */
  readonly port: string | null;
  /** Changes with everything that is read. */
  readonly activity: string;
}

const SECTOR_BYTES = 512;
/** The kernel's guess for a disc it could not measure, in its 512-byte sectors: 0x1fffff. */
const UNMEASURED_SECTORS = 2_097_151;
/** SCSI type of CD, DVD and Blu-ray drives. */
const OPTICAL_TYPE = '5';

/** The optical drives under their names of this moment, in the order of their numbers. */
export async function listKernelDrives(sys: string): Promise<KernelDrive[]> {
  const names = (await namesIn(join(sys, 'block'))).filter((name) => /^sr\d+$/.test(name));
  const drives = await Promise.all(names.map((name) => readKernelDrive(sys, name)));
  return drives
    .filter((drive) => drive !== null)
    .sort((a, b) => Number(a.name.slice(2)) - Number(b.name.slice(2)));
}

export async function readKernelDrive(sys: string, name: string): Promise<KernelDrive | null> {
  const folder = join(sys, 'block', name);
  const device = join(folder, 'device');
  const deviceNumber = await lineOf(join(folder, 'dev'));
  if (deviceNumber === null) return null;
  const [sectors, activity, generic, vendor, model, revision, serial, port] = await Promise.all([
    lineOf(join(folder, 'size')),
    lineOf(join(folder, 'stat')),
    namesIn(join(device, 'scsi_generic')),
    lineOf(join(device, 'vendor')),
    lineOf(join(device, 'model')),
    lineOf(join(device, 'rev')),
    serialPage(join(device, 'vpd_pg80')),
    portOf(sys, folder),
  ]);
  return {
    name,
    deviceNumber,
    bytes: bytesOf(sectors),
    scsiGeneric: generic[0] ?? null,
    vendor,
    model,
    revision,
    serial,
    port,
    activity: activity ?? '',
  };
}

/** Drives that the kernel only takes SCSI commands for, as where the driver "sr" is missing: "sg3". */
export async function listBareScsiDrives(sys: string): Promise<string[]> {
  const folder = join(sys, 'class', 'scsi_generic');
  const found: string[] = [];
  for (const name of await namesIn(folder)) {
    const device = join(folder, name, 'device');
    const isBare = !(await namesIn(join(device, 'block'))).some((block) => block.startsWith('sr'));
    if (isBare && (await lineOf(join(device, 'type'))) === OPTICAL_TYPE) found.push(name);
  }
  return found.sort();
}

function bytesOf(sectors: string | null): number | null {
  const count = Number(sectors ?? 0);
  return count > 0 && count !== UNMEASURED_SECTORS ? count * SECTOR_BYTES : null;
}

/** Unit serial number page (SPC-4, 7.8.16): four bytes of heading, the last one the length of the text. */
async function serialPage(path: string): Promise<string | null> {
  try {
    const page = await readFile(path);
    const serial = page.subarray(4, 4 + (page[3] ?? 0)).toString('latin1');
    return serial.replace(/[^\x21-\x7e]+/g, ' ').trim() || null;
  } catch {
    return null;
  }
}

/** Where its own folder lies among the devices tells where the drive is. */
async function portOf(sys: string, folder: string): Promise<string | null> {
  try {
    const path = await realpath(folder);
    const ata = path.split('/').findLast((part) => /^ata\d+$/.test(part));
    const ataPort = ata && (await lineOf(join(sys, 'class', 'ata_port', ata, 'port_no')));
    return portPath(path, ataPort ?? null);
  } catch {
    return null;
  }
}

async function lineOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim() || null;
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
