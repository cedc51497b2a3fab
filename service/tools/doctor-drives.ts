import { realpath } from 'node:fs/promises';
import type { Problem } from '../contract/problem.ts';
import { type DriveWish, isWished } from '../drives/optical/drive-identity.ts';
import { hardwareName } from '../drives/optical/hardware-name.ts';
import type { DrivePlatform, DriveSighting } from '../drives/optical/platform.ts';
import { type Check, check } from './check.ts';

/**
 * The optical drives of this machine, those of the configuration that are not plugged in, and what keeps drives from
 * being seen or used. Nothing where there is no drive: a folder of images is enough. `platform` is null on systems
 * where nobody can see drives.
 */
export async function checkOpticalDrives(
  platform: DrivePlatform | null,
  configured: readonly DriveWish[],
): Promise<Check[]> {
  if (platform === null) return [notSeen()];
  const [drives, missing] = await Promise.all([platform.list(), platform.missing()]);
  // What mends a drive mends its device for commands, too.
  const said = new Set(drives.flatMap(({ problem }) => problem?.hint ?? []));
  const further = missing.filter(({ hint }) => !said.has(hint));
  const devices = await realPaths(configured);
  const away = configured.filter((wish) => !drives.some((one) => isWished(one, wish, devices)));
  return [
    ...drives.map((drive) => checkDrive(drive, platform.unproven)),
    ...away.map(notPlugged),
    ...further.map((problem) => checkSeeing(platform, problem)),
  ];
}

async function realPaths(wishes: readonly DriveWish[]): Promise<Map<string, string>> {
  const named = wishes.flatMap(({ device }) => device ?? []);
  return new Map(
    await Promise.all(
      named.map(async (path) => [path, await realpath(path).catch(() => path)] as const),
    ),
  );
}

function notPlugged({ id, serial, port, device }: DriveWish): Check {
  const named = serial ? `serial ${serial}` : port ? `port ${port}` : (device ?? null);
  const subject = { name: `drive ${id}`, where: named, neededFor: 'discs in this drive' };
  const trouble = {
    message: 'It is not plugged in',
    hint: 'Plug it in and switch it on. If it is, "discflow drives" shows the numbers that name it.',
  };
  return check(subject, trouble, 'warn');
}

function checkDrive(drive: DriveSighting, unproven: string | undefined): Check {
  const { name, device, hardware, problem } = drive;
  const subject = {
    name: `drive ${name}`,
    where: device || null,
    version: [hardwareName(hardware), hardware.revision].filter(Boolean).join(' '),
    neededFor: 'discs in this drive',
  };
  if (problem !== null || unproven === undefined) return check(subject, problem);
  const hint = 'Please report what works and what does not, with the output of "discflow drives".';
  return check(subject, { message: unproven, hint }, 'warn');
}

function checkSeeing({ source }: DrivePlatform, problem: Problem): Check {
  const isAccess = problem.code === 'drive-unavailable';
  const neededFor = isAccess ? 'encrypted discs, and opening trays' : 'seeing discs come and go';
  return check({ name: `drives by ${source}`, where: null, neededFor }, problem, 'warn');
}

function notSeen(): Check {
  const subject = { name: 'optical drives', where: null, neededFor: 'discs in drives' };
  const trouble = {
    message: `Discflow cannot see optical drives on ${process.platform}`,
    hint: 'Copy discs to images and drop those into a folder of images.',
  };
  return check(subject, trouble, 'warn');
}
