import { DiscflowError } from '../errors.ts';

/**
 * Waits no longer than the signal allows, also for work that cannot be stopped (a drive's slow
 * read).
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // What is not waited for any more may still fail, and must not end the process by that.
  work.catch(() => undefined);
  if (signal.aborted) throw cancelled();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What a cancelled rip throws. */
export function cancelled(): DiscflowError {
  return new DiscflowError('cancelled', 'Ripping was cancelled', {
    hint: 'Start it again with retry; titles that were finished are kept.',
  });
}
