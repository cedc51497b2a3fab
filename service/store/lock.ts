import { open, readFile, rm } from 'node:fs/promises';
import { DiscflowError, systemCode } from '../errors.ts';
import { processStart } from '../tools/process-start.ts';

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
  await file.writeFile(`${process.pid} ${(await processStart(process.pid)) ?? ''}`);
  await file.close();
  return () => rm(path, { force: true });
}

async function holderOf(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid = '', ...start] = text.split(' ');
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return null;
  return (await processStart(Number(pid))) === start.join(' ') ? Number(pid) : null;
}

function locked(path: string, pid: number | null): DiscflowError {
  const who = pid === null ? 'Another process' : `Process ${pid}`;
  return new DiscflowError('state-locked', `${who} is already working on this state (${path})`, {
    hint: 'Only one Discflow can use a data folder. Stop the other one, or give this one its own with --data.',
  });
}
