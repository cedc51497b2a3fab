interface Running<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Runs work once for all who want the same at the same time; it is aborted when the last of them gives up. */
export function createSharedWork<T>() {
  const running = new Map<string, Running<T>>();

  return async function share(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const shared = running.get(key) ?? begin(key, work);
    shared.waiting++;
    try {
      return await unlessAborted(shared.result, signal);
    } finally {
      shared.waiting--;
      if (shared.waiting === 0) leave(key, shared);
    }
  };

  function begin(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController();
    const shared = { result: work(controller.signal), controller, waiting: 0 };
    running.set(key, shared);
    return shared;
  }

  function leave(key: string, shared: Running<T>): void {
    if (running.get(key) === shared) running.delete(key);
    shared.controller.abort();
    shared.result.catch(() => undefined);
  }
}

/** The result, or at once the reason of the signal. */
export async function unlessAborted<T>(result: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return result;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
