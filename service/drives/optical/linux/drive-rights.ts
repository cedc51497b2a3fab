import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Problem } from '../../../contract/problem.ts';
import { systemCode } from '../../../errors.ts';

interface Circumstances {
  /** "/" but for tests. */
  readonly root: string;
  /** What contains us, or null. */
  readonly container: string | null;
}

/**
 * Why a device cannot be used, naming the node, group or container option that is missing; null when nothing is.
 * Only its name is looked at: the device itself is not opened.
 */
export async function missingRight(
  device: string,
  { root, container }: Circumstances,
): Promise<Problem | null> {
  const takesCommands = basename(device).startsWith('sg');
  const right = takesCommands ? constants.R_OK | constants.W_OK : constants.R_OK;
  try {
    await access(device, right);
    return null;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return noNode(device, container);
    return noAccess(device, await groupOf(root, device), container);
  }
}

function noNode(device: string, container: string | null): Problem {
  const message = `The kernel knows the drive ${device}, but there is no such device here`;
  if (container === null)
    return {
      code: 'drive-unavailable',
      message,
      hint: 'Start udev, which makes the devices, and plug the drive in again.',
    };
  const rule = basename(device).startsWith('sg') ? "'c 21:* rmw'" : "'b 11:* rmw'";
  return {
    code: 'drive-unavailable',
    message: `${message} (in this ${container} container)`,
    hint:
      `Start the container with --device=${device}, or, so that drives may come and go, with ` +
      `-v /dev:/dev --device-cgroup-rule=${rule}.`,
  };
}

interface Group {
  readonly id: number;
  /** Null when this system has no name for it, as often in containers. */
  readonly name: string | null;
}

function noAccess(device: string, group: Group | null, container: string | null): Problem {
  const user = userName();
  const name = group?.name ?? (group ? `number ${group.id}` : 'cdrom');
  const hints = {
    container: `Start the container with --group-add ${group?.id ?? 'cdrom'}, then try again.`,
    machine: `Run "sudo usermod -aG ${group?.name ?? 'cdrom'} ${user}" and start the service again.`,
  };
  return {
    code: 'drive-unavailable',
    message: `${user} may not use ${device}: that takes the group "${name}"`,
    hint: container === null ? hints.machine : hints.container,
  };
}

/** A container may run us under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? ''}`.trim();
  }
}

async function groupOf(root: string, device: string): Promise<Group | null> {
  try {
    const { gid } = await stat(device);
    const groups = await readFile(join(root, 'etc', 'group'), 'utf8').catch(() => '');
    const line = groups.split('\n').find((entry) => entry.split(':')[2] === String(gid));
    return { id: gid, name: line?.split(':')[0] ?? null };
  } catch {
    return null;
  }
}
