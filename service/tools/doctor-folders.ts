import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DriveConfig } from '../config/resolve.ts';
import { DONE_FOLDER } from '../drives/image-folder/disc-images.ts';
import { systemCode } from '../errors.ts';
import { type Check, check } from './check.ts';

const GIGABYTE = 1e9;
/** A full dual-layer DVD has 8.5 GB, and one is ripped while the last one is being filed. */
const COMFORTABLE_BYTES = 20 * GIGABYTE;
/** Documents of some thousand jobs. */
const STATE_BYTES = 0.1 * GIGABYTE;

export function checkStaging(folder: string): Promise<Check> {
  const subject = { name: 'staging', where: folder, neededFor: 'ripping' };
  return checkWritable(subject, COMFORTABLE_BYTES);
}

export function checkState(folder: string): Promise<Check> {
  const subject = { name: 'state', where: folder, neededFor: 'remembering jobs' };
  return checkWritable(subject, STATE_BYTES);
}

export async function checkDriveFolder({ id, folder, eject }: DriveConfig): Promise<Check> {
  const subject = { name: `drive ${id}`, where: folder, neededFor: 'discs from this folder' };
  if (!(await allows(folder, constants.R_OK | constants.X_OK)))
    return check(subject, {
      message: `${folder} is not there or cannot be read`,
      hint: 'Create the folder, mount its disk, or let the user of the service read it.',
    });
  if (eject === 'done-folder' && !(await allows(folder, constants.W_OK)))
    return check(subject, {
      message: `${folder} cannot be written, so no image can move to ${DONE_FOLDER}`,
      hint: `Let the user of the service write to ${folder}, or set "eject: remember".`,
    });
  return check(subject, null);
}

interface Place {
  name: string;
  where: string;
  neededFor: string;
}

async function checkWritable(subject: Place, comfortable: number): Promise<Check> {
  const folder = await nearestExisting(subject.where);
  if (!(await allows(folder, constants.W_OK | constants.X_OK)))
    return check(subject, {
      message: `${folder} cannot be written`,
      hint: `Let the user of the service write there, or choose another ${subject.name} folder.`,
    });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const version = `${(free / GIGABYTE).toFixed(1)} GB free`;
  if (free >= comfortable) return check({ ...subject, version }, null);
  const trouble = {
    message: `Only ${version}`,
    hint: `Free some space, or choose a ${subject.name} folder on a larger disk.`,
  };
  return check({ ...subject, version }, trouble, 'warn');
}

/** The service creates these folders at its start, in what is there. */
async function nearestExisting(folder: string): Promise<string> {
  const parent = dirname(folder);
  if (parent === folder) return folder;
  try {
    await access(folder);
    return folder;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? nearestExisting(parent) : folder;
  }
}

async function allows(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}
