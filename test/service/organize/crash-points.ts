import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const calls = ['open', 'mkdir', 'link', 'rename', 'rm', 'rmdir', 'stat', 'readdir'] as const;

class Crash extends Error {}

export interface CrashPoints {
  /** Counts an instant; from the fatal one on nothing reaches the disk any more. */
  readonly pass: () => void;
  readonly passed: () => number;
  restore(): void;
}

/**
 * Lets every call of node:fs/promises count as an instant at which the process may be killed. From instant `fatal` on
 * all of them throw, so that not even the clean-up of a dying function can touch the disk, as after kill -9.
 */
export function crashAt(fatal: number): CrashPoints {
  let count = 0;
  const pass = () => {
    count += 1;
    if (count >= fatal) throw new Crash(`killed at instant ${fatal}`);
  };
  const originals = calls.map((name) => [name, fs[name]] as const);
  for (const [name, original] of originals) Reflect.set(fs, name, guarded(original, pass));
  syncBuiltinESMExports();
  return {
    pass,
    passed: () => count,
    restore() {
      for (const [name, original] of originals) Reflect.set(fs, name, original);
      syncBuiltinESMExports();
    },
  };
}

/** Dies before or after the call did its work, in turn: both are instants. */
function guarded(original: (...args: never[]) => unknown, pass: () => void) {
  return async (...args: never[]) => {
    pass();
    const result = await original(...args);
    try {
      pass();
    } catch (error) {
      if (typeof result === 'object' && result !== null && 'close' in result)
        await (result as { close(): Promise<void> }).close();
      throw error;
    }
    return result;
  };
}

/** Runs a body as on a file system that has no hard links (exFAT, some network shares). */
export async function withoutHardLinks(body: () => Promise<void>): Promise<void> {
  const { link } = fs;
  Reflect.set(fs, 'link', () =>
    Promise.reject(Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' })),
  );
  syncBuiltinESMExports();
  try {
    await body();
  } finally {
    Reflect.set(fs, 'link', link);
    syncBuiltinESMExports();
  }
}
