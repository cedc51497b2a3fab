import { DiscflowError } from '../errors.ts';

/**
 * Who may touch the drives of this machine: many may read one drive each, but looking at all drives (which MakeMKV
 * does for `disc:` sources) disturbs whoever reads, so it happens alone.
 */
export interface DriveBus {
  /** Reads one drive. Waits while all drives are looked at. */
  read<T>(work: () => Promise<T>, options: { signal: AbortSignal }): Promise<T>;
  /**
   * Looks at all drives, once nobody reads any. `settled` tells that from now on only one drive is read, so that
   * others may begin. Throws `cancelled`.
   */
  scan<T>(work: (settled: () => void) => Promise<T>, options: { signal: AbortSignal }): Promise<T>;
  /** True while a drive is read or all are looked at. */
  isBusy(): boolean;
}

export function createDriveBus(): DriveBus {
  let readers = 0;
  let scanning = false;
  let waiting: { isFree: () => boolean; go: () => void }[] = [];

  const wake = () => {
    for (const each of [...waiting]) {
      if (!each.isFree()) continue;
      waiting = waiting.filter((other) => other !== each);
      each.go();
    }
  };

  /** `take` runs in the same moment as the check, so that nobody comes between. */
  const waitFor = (isFree: () => boolean, take: () => void, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      if (isFree()) {
        take();
        return resolve();
      }
      const entry = {
        isFree,
        go: () => {
          signal.removeEventListener('abort', giveUp);
          take();
          resolve();
        },
      };
      const giveUp = () => {
        waiting = waiting.filter((other) => other !== entry);
        reject(cancelled());
      };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(entry);
    });

  return {
    async read(work, { signal }) {
      const take = () => {
        readers++;
      };
      await waitFor(() => !scanning, take, signal);
      try {
        return await work();
      } finally {
        readers--;
        wake();
      }
    },
    async scan(work, { signal }) {
      let isScan = true;
      const take = () => {
        scanning = true;
      };
      await waitFor(() => !scanning && readers === 0, take, signal);
      const settled = () => {
        if (!isScan) return;
        isScan = false;
        scanning = false;
        readers++;
        wake();
      };
      try {
        return await work(settled);
      } finally {
        if (isScan) scanning = false;
        else readers--;
        wake();
      }
    },
    isBusy: () => scanning || readers > 0,
  };
}

function cancelled(): DiscflowError {
  return new DiscflowError('cancelled', 'Waiting for the drives was cancelled', {
    hint: 'Start it again with retry.',
  });
}
