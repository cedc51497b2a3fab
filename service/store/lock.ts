import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { DiscflowError, systemCode } from '../errors.ts';
import { processStart } from '../tools/process-start.ts';

/**
 * Makes sure that only one process works on a state folder. The lock of a process that is gone is taken over.
 * @returns what gives the lock back. Throws `state-locked` while another process runs.
 */
export async function lockState(path: string): Promise<() => Promise<void>> {
  const mine = `${process.pid} ${(await processStart(process.pid)) ?? ''}`;
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) await removeDead(path, known);
  await writeWhole(path, mine);
  return () => rm(path, { force: true });
}

/** Throws `state-locked` while another process works on a state folder; takes nothing. */
export async function refuseLocked(path: string): Promise<void> {
  const known = await readFile(path, 'utf8').catch(() => null);
  const holder = known === null ? null : await holderOf(known);
  if (holder !== null) throw locked(path, holder);
}

/** With its content from the first moment on: an empty lock would look like one that nobody holds. */
async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  try {
    await link(draft, path);
  } catch (cause) {
    throw systemCode(cause) === 'EEXIST' ? locked(path, null) : cause;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moved aside and looked at again: another process may have taken the lock over since it was read. */
async function removeDead(path: string, known: string): Promise<void> {
  const holder = await holderOf(known);
  if (holder !== null) throw locked(path, holder);
  const aside = `${path}.dead-${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const isDead = (await readFile(aside, 'utf8')) === known;
  if (!isDead) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  if (!isDead) throw locked(path, null);
}

async function holderOf(text: string): Promise<number | null> {
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
