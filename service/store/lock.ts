import { open, readFile, rm } from 'node:fs/promises';
import { DiscflowError, systemCode } from '../errors.ts';

/**
 * Makes sure that only one process works on a state folder. The lock of a process that is gone is taken over.
 * @returns what gives the lock back. Throws `state-locked` while another process runs.
 */
export async function lockState(path: string): Promise<() => Promise<void>> {
  const holder = await holderOf(path);
  if (holder !== null) throw locked(path, holder);
  await rm(path, { force: true });
  const file = await open(path, 'wx').catch((cause) => {
    throw systemCode(cause) === 'EEXIST' ? locked(path, null) : cause;
  });
  await file.writeFile(`${process.pid} ${(await startOf(process.pid)) ?? ''}`);
  await file.close();
  return () => rm(path, { force: true });
}

async function holderOf(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid = '', start = ''] = text.split(' ');
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return null;
  return (await isAlive(Number(pid), start)) ? Number(pid) : null;
}

async function isAlive(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== 'EPERM') return false;
  }
  const now = await startOf(pid);
  return now === null || now === start;
}

/** Start time of a process in clock ticks (field 22 of /proc/<pid>/stat, proc(5)); null where there is no /proc. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function locked(path: string, pid: number | null): DiscflowError {
  const who = pid === null ? 'Another process' : `Process ${pid}`;
  return new DiscflowError('state-locked', `${who} is already working on this state (${path})`, {
    hint: 'Only one Discflow can use a data folder. Stop the other one, or give this one its own with --data.',
  });
}
