import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { systemCode } from '../errors.ts';
import { signalGroup } from './group-guard.ts';

export interface ProcessLedger {
  /** Notes a running child. @returns what strikes it out again */
  record(pid: number | undefined): Promise<() => Promise<void>>;
  /** Kills what an earlier run of the service left behind. @returns how many groups that were */
  reap(): Promise<number>;
}

/**
 * Running children as one small file each, named by process id. The start time in it tells the
 * child from a stranger that got the same id later.
 */
export function createProcessLedger(folder: string): ProcessLedger {
  return {
    async record(pid) {
      const started = pid === undefined ? null : await startOf(pid);
      if (pid === undefined || started === null) return async () => undefined;
      const path = join(folder, String(pid));
      await writeEntry(folder, path, started);
      return () => rm(path, { force: true });
    },
    async reap() {
      const reaped = await Promise.all(
        (await namesIn(folder)).map((name) => reapOne(folder, name)),
      );
      return reaped.filter(Boolean).length;
    },
  };
}

/**
 * A full disk must not stop the tool: without its entry it could only outlive a service that is
 * killed.
 */
async function writeEntry(folder: string, path: string, started: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, started);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

async function reapOne(folder: string, name: string): Promise<boolean> {
  if (!/^\d{1,10}$/.test(name)) return false;
  const path = join(folder, name);
  const pid = Number(name);
  const ours = (await readFile(path, 'utf8')) === (await startOf(pid));
  if (ours) signalGroup(pid, 'SIGKILL');
  await rm(path, { force: true });
  return ours;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * When a process began, in whatever form the system tells it; null when there is no such process.
 */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return startFromProc(pid);
  const { stdout, exitCode } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
    reject: false,
  });
  return exitCode === 0 ? stdout.trim() : null;
}

/**
 * Field 22 of /proc/<pid>/stat, ticks since boot (proc(5)); the name before it may contain
 * anything.
 */
async function startFromProc(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()} ${ticks}`;
  } catch {
    return null;
  }
}
