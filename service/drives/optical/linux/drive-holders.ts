import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriveHolder } from '../platform.ts';

interface Devices {
  /** "11:0" */
  readonly number: string;
  /** "/dev/sr0", "/dev/sg3" */
  readonly paths: readonly string[];
}

/**
 * Mounts of a drive, and processes of others that have it or a file on it open, as far as we may see them.
 * Our own reader is our child and does not count.
 */
export async function findHolders(proc: string, devices: Devices): Promise<DriveHolder[]> {
  const mounts = await mountsOf(proc, devices);
  const wanted = [...devices.paths, ...mounts];
  const processes = await Promise.all(
    (await pidsIn(proc)).map((pid) => holderOf(proc, pid, wanted)),
  );
  return [
    ...mounts.map((path) => ({ kind: 'mount', path }) as const),
    ...processes.filter((holder) => holder !== null),
  ];
}

async function mountsOf(proc: string, devices: Devices): Promise<string[]> {
  const text = await readFile(join(proc, 'self', 'mountinfo'), 'utf8').catch(() => '');
  return parseMounts(text, devices);
}

/** Mount points by device number or source (proc(5): fields 3, 5 and the second after the "-"). */
export function parseMounts(mountinfo: string, { number, paths }: Devices): string[] {
  return mountinfo.split('\n').flatMap((line) => {
    const fields = line.split(' ');
    const source = fields[fields.indexOf('-', 6) + 2] ?? '';
    const point = fields[4];
    const isOurs = fields[2] === number || paths.includes(unquoted(source));
    return isOurs && point !== undefined ? [unquoted(point)] : [];
  });
}

/** A blank in a path is "\040" there. */
function unquoted(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

async function pidsIn(proc: string): Promise<number[]> {
  const names = await readdir(proc).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

async function holderOf(
  proc: string,
  pid: number,
  wanted: readonly string[],
): Promise<DriveHolder | null> {
  const folder = join(proc, String(pid));
  if (pid === process.pid || (await parentOf(folder)) === process.pid) return null;
  const files = await readdir(join(folder, 'fd')).catch(() => []);
  const links = [
    join(folder, 'cwd'),
    join(folder, 'root'),
    ...files.map((fd) => join(folder, 'fd', fd)),
  ];
  for (const link of links) {
    const target = await readlink(link).catch(() => null);
    if (target === null || !wanted.some((path) => isWithin(target, path))) continue;
    return { kind: 'process', pid, program: await nameOf(folder) };
  }
  return null;
}

function isWithin(target: string, path: string): boolean {
  return target === path || target.startsWith(`${path}/`);
}

async function parentOf(folder: string): Promise<number | null> {
  const stat = await readFile(join(folder, 'stat'), 'utf8').catch(() => '');
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return parent === undefined ? null : Number(parent);
}

async function nameOf(folder: string): Promise<string> {
  const name = await readFile(join(folder, 'comm'), 'utf8').catch(() => '');
  return name.trim() || 'unknown';
}
