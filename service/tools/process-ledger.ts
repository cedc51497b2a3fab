import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import { signalGroup } from './group-guard.ts';
import { processStart } from './process-start.ts';

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
      const started = pid === undefined ? null : await processStart(pid);
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
  const ours = (await readFile(path, 'utf8')) === (await processStart(pid));
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
