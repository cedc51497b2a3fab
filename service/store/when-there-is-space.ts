import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../contract/problem.ts';
import { DiscflowError, toProblem } from '../errors.ts';

/** A full disk is tried again this often. */
const RETRY_MS = 1000;

interface Waiting {
  /** Told once that the disk is full, and (null) that it has space again. */
  tell: (problem: Problem | null) => void;
  /** Once aborted nothing is waited for any more. */
  signal?: AbortSignal | undefined;
}

/**
 * Repeats a write until the disk has space: what is to be kept is held up then, never lost.
 * Throws what `write` throws, `state-full` only after `signal`.
 */
export async function whenThereIsSpace<T>(
  write: () => Promise<T>,
  { tell, signal }: Waiting,
): Promise<T> {
  for (let told = false; ; told = true) {
    try {
      const written = await write();
      if (told) tell(null);
      return written;
    } catch (error) {
      const isFull = error instanceof DiscflowError && error.code === 'state-full';
      if (!isFull || signal?.aborted) throw error;
      if (!told) tell(toProblem(error));
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
