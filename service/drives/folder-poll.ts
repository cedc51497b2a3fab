import { type FSWatcher, watch } from 'node:fs';

const IDLE_MS = 2_000;
const IDLE_MAX_MS = 15_000;
/** A look at a large or slow folder may take one part in 100 of idle time, one in 10 while busy. */
const IDLE_PER_LOOK = 100;
const BUSY_PER_LOOK = 10;
/** A burst of changes gives one look. */
const BURST_MS = 100;

interface Options {
  readonly folder: string;
  /** Never rejects. Resolves with the milliseconds after which another look is useful, or null. */
  readonly look: () => Promise<number | null>;
}

/**
 * Looks again and again: soon while something is going on, seldom when idle, and at once when the
 * system tells of a change (it does not on network folders, hence the polling). While an image grows,
 * only changes of names count: its own writes would tell all the time.
 */
export class FolderPoll {
  readonly #options: Options;
  #running = false;
  #looking: Promise<void> | null = null;
  #idle = true;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #watcher: FSWatcher | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#watcher?.close();
    await this.#looking;
  }

  #look(): Promise<void> {
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    this.#watch();
    this.#changed = false;
    const began = performance.now();
    const soon = await this.#options.look();
    this.#idle = soon === null;
    const took = performance.now() - began;
    const idle = Math.min(Math.max(IDLE_MS, took * IDLE_PER_LOOK), IDLE_MAX_MS);
    const delay = soon === null ? idle : Math.max(soon, took * BUSY_PER_LOOK);
    this.#lookIn(this.#changed ? BURST_MS : delay);
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#running) this.#timer = setTimeout(() => void this.#look(), ms);
  }

  /** Renewed with every look: a watch does not survive that its folder is replaced or mounted over. */
  #watch(): void {
    this.#watcher?.close();
    try {
      const watcher = watch(this.#options.folder, (event) => {
        if (event === 'rename' || this.#idle) this.#hurry();
      });
      watcher.on('error', () => watcher.close());
      this.#watcher = watcher;
    } catch {
      // Not there, or the system has no watches left: polling goes on.
      this.#watcher = undefined;
    }
  }

  #hurry(): void {
    if (this.#changed) return;
    this.#changed = true;
    if (this.#looking === null) this.#lookIn(BURST_MS);
  }
}
