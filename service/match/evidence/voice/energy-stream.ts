import { createThreads } from '../threads.ts';
import { HOP, SAMPLE_RATE, WINDOW } from './energies.ts';
import type { EnergiesTask, FeaturesTask } from './voice-tasks.ts';

/** Sound goes in as it comes, features come out at the end; everything is worked out in a thread. */
export interface EnergyStream {
  /** 16-bit samples of 16 kHz in the machine's order, cut anywhere. Never rejects. */
  write(bytes: Uint8Array): void | Promise<void>;
  /** Features of all that was written, ten a second. Rejects with what went wrong meanwhile. */
  finish(): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A window that begins in one chunk ends in the next one. */
const SHARED_SAMPLES = WINDOW - HOP;
/** Twenty seconds at a time, 640 KB. */
const CHUNK_SAMPLES = 20 * SAMPLE_RATE + SHARED_SAMPLES;

type Samples = Int16Array<ArrayBuffer>;

export function createEnergyStream(signal: AbortSignal): EnergyStream {
  const threads = createThreads(import.meta.url, './voice-tasks');
  const parts: Float32Array[] = [];
  let chunk = newChunk();
  let filled = 0;
  let working: Promise<void> = Promise.resolve();
  let failure: { error: unknown } | undefined;

  async function work(samples: Samples): Promise<void> {
    try {
      const task: EnergiesTask = { samples };
      const transfer = [samples.buffer];
      parts.push(await threads.run<Float32Array>('energies', task, { signal, transfer }));
    } catch (error) {
      failure ??= { error };
    }
  }

  /** At most one chunk is worked on while the next one fills. */
  async function hand(samples: Samples): Promise<void> {
    await working;
    working = work(samples);
  }

  function nextChunk(): Samples {
    const full = chunk;
    chunk = newChunk();
    const shared = new Uint8Array(full.buffer, (CHUNK_SAMPLES - SHARED_SAMPLES) * 2);
    new Uint8Array(chunk.buffer).set(shared);
    filled = shared.length;
    return full;
  }

  return {
    write(bytes) {
      if (failure !== undefined) return;
      let handed: Promise<void> | undefined;
      for (let at = 0; at < bytes.length; ) {
        const part = bytes.subarray(at, at + 2 * CHUNK_SAMPLES - filled);
        new Uint8Array(chunk.buffer).set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === 2 * CHUNK_SAMPLES) {
          const full = nextChunk();
          handed = (handed ?? Promise.resolve()).then(() => hand(full));
        }
      }
      return handed;
    },
    async finish() {
      await hand(chunk.slice(0, Math.floor(filled / 2)));
      await working;
      if (failure !== undefined) throw failure.error;
      const energies = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        energies.set(part, at);
        at += part.length;
      }
      const task: FeaturesTask = { energies };
      return threads.run<Float32Array>('features', task, { signal, transfer: [energies.buffer] });
    },
    close: () => threads.close(),
  };
}

function newChunk(): Samples {
  return new Int16Array(CHUNK_SAMPLES);
}
