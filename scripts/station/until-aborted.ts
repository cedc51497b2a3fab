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
