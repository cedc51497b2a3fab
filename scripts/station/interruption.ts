/** Aborts when the person or the system ends the program; asked twice, it ends at once. */
export function interruption(): AbortSignal {
  const stop = new AbortController();
  const interrupted = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupted);
  return stop.signal;
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Rejects with the signal's reason when it aborts. */
export async function abortion(signal: AbortSignal): Promise<never> {
  await untilAborted(signal);
  throw signal.reason;
}
