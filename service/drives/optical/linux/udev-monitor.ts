import { setTimeout as sleep } from 'node:timers/promises';
import type { RunTool } from '../../../tools/run.ts';
import { createUdevEventReader, type UdevEvent } from './udev-events.ts';

const ARGUMENTS = ['monitor', '--udev', '--property', '--subsystem-match=block'];
/** A monitor that dies is started again after 1, 2, 4 … seconds; one that has lived for a while begins anew. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const WELL_AFTER_MS = 60_000;

interface MonitorOptions {
  /** Null: there is no udevadm; asked again before each start. */
  readonly path: () => Promise<string | null>;
  readonly run: RunTool;
  readonly told: (event: UdevEvent) => void;
  /** A monitor has begun (null) or ended, with the reason. Events may have been missed before and between. */
  readonly state: (trouble: unknown) => void;
}

/** Keeps `udevadm monitor` running until it is stopped. */
export function startUdevMonitor({ path, run, told, state }: MonitorOptions) {
  const abort = new AbortController();
  const { signal } = abort;
  const ended = keepRunning();
  return {
    async stop(): Promise<void> {
      abort.abort();
      await ended;
    },
  };

  async function keepRunning(): Promise<void> {
    for (
      let pause = FIRST_PAUSE_MS;
      !signal.aborted;
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    ) {
      const began = performance.now();
      const trouble = await once().catch((error: unknown) => error);
      if (signal.aborted) return;
      state(trouble);
      if (performance.now() - began > WELL_AFTER_MS) pause = FIRST_PAUSE_MS;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async function once(): Promise<unknown> {
    const program = await path();
    if (program === null) return new Error('udevadm is not installed');
    const read = createUdevEventReader(told);
    let begun = false;
    await run(program, ARGUMENTS, {
      signal,
      onLine: (line) => {
        if (!begun) state(null);
        begun = true;
        read(line);
      },
    });
    return new Error('udevadm ended by itself');
  }
}
