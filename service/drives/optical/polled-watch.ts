import { setTimeout as sleep } from 'node:timers/promises';
import { toProblem } from '../../errors.ts';
import type { DriveSighting, DriveWatcher } from './platform.ts';

interface Options {
  /** All drives there are now; throws when the system does not tell. */
  readonly look: (signal: AbortSignal) => Promise<readonly DriveSighting[]>;
  readonly everyMs: number;
  readonly watcher: DriveWatcher;
}

/**
 * Watches drives of a system that tells of no changes, by looking again and again, one look at a time.
 * Drives that were there are kept while the system does not answer: that is no sign that they are gone.
 */
export async function polledWatch(options: Options): Promise<{ stop(): Promise<void> }> {
  const { look, everyMs, watcher } = options;
  const ending = new AbortController();
  const { signal } = ending;
  let known: readonly string[] = [];

  async function once(): Promise<void> {
    try {
      const sightings = await look(signal);
      const names = sightings.map(({ name }) => name);
      for (const name of known) if (!names.includes(name)) watcher.gone(name);
      known = names;
      for (const sighting of sightings) watcher.seen(sighting);
      watcher.troubled(null);
    } catch (error) {
      if (!signal.aborted) watcher.troubled(toProblem(error));
    }
  }

  async function goOn(): Promise<void> {
    while (!signal.aborted) {
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await once();
    }
  }

  await once();
  const running = goOn();
  const stop = async () => {
    ending.abort();
    await running;
  };
  return { stop };
}

/** One drive by its name, null when it is not there; of one that the system does not tell of nothing is known. */
export async function lookAt(name: string, look: Options['look']): Promise<DriveSighting | null> {
  try {
    const sightings = await look(new AbortController().signal);
    return sightings.find((sighting) => sighting.name === name) ?? null;
  } catch {
    return {
      name,
      device: '',
      passThrough: null,
      hardware: NOT_TOLD,
      content: { state: 'unknown' },
      problem: null,
    };
  }
}

const NOT_TOLD = {
  serial: null,
  bridgeSerial: null,
  port: null,
  vendor: null,
  model: null,
  revision: null,
};
