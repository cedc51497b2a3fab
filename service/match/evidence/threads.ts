import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { TransferListItem } from 'node:worker_threads';

/** Runs the functions that a module exports, in threads of their own. */
export interface Threads {
  /**
   * Runs one of the module's functions on a task, which gets a `stop` flag beside what is given. Rejects with the
   * signal's reason once that is aborted.
   */
  run<T>(name: string, task: object, options: RunOptions): Promise<T>;
  /** Ends all threads; what still runs is rejected. */
  close(): Promise<void>;
}

interface RunOptions {
  readonly signal: AbortSignal;
  readonly transfer?: TransferListItem[];
}

/** Every task has it: whether nobody waits for the result any more. */
export interface Stoppable {
  readonly stop: SharedArrayBuffer;
}

interface ThreadOptions {
  /** Never more than that, however many processors there are. */
  readonly most?: number;
  /** Milliseconds without work after which a thread is ended: an idle service keeps none. */
  readonly idle?: number;
}

const IDLE_MS = 2000;
const MOST_THREADS = 4;

/**
 * Threads for the module that has this name beside the caller's, as TypeScript or built; they start with the first
 * task, as many as there are processors beside the one of the event loop.
 *
 * @param caller `import.meta.url`
 */
export function createThreads(
  caller: string,
  name: string,
  { most = MOST_THREADS, idle = IDLE_MS }: ThreadOptions = {},
): Threads {
  const isSource = caller.endsWith('.ts');
  const filename = new URL(`${name}${isSource ? '.ts' : '.js'}`, caller).href;
  const maxThreads = Math.max(1, Math.min(most, availableParallelism() - 1));
  const start = async () => {
    const { Tinypool } = await import('tinypool');
    return new Tinypool({
      filename,
      minThreads: 0,
      maxThreads,
      idleTimeout: idle,
      ...(isSource && { execArgv: ['--import', sourceLoader()] }),
    });
  };
  let pool: ReturnType<typeof start> | undefined;
  return {
    async run(name, task, { signal, transfer }) {
      signal.throwIfAborted();
      // Not the pool's own way to abort: it ends the thread, and what waits for that thread waits for ever.
      const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      const abort = () => Atomics.store(new Int32Array(stop), 0, 1);
      signal.addEventListener('abort', abort, { once: true });
      try {
        pool ??= start();
        return await (await pool).run({ ...task, stop }, { name, transferList: transfer ?? [] });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    async close() {
      await (await pool)?.destroy();
    },
  };
}

/** Called by a task between two parts of its work: throws when it is to end. */
export function throwIfStopped({ stop }: Stoppable): void {
  if (Atomics.load(new Int32Array(stop), 0) !== 0) throw new Error('stopped');
}

/** What runs from TypeScript (tests, benches) needs tsx in its threads, to which Node.js 20 does not hand it on. */
function sourceLoader(): string {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm'));
  const register = `import { register } from '${new URL('api/index.mjs', tsx)}'; register();`;
  return `data:text/javascript,${encodeURIComponent(register)}`;
}
