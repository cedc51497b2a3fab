import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { systemCode } from '../../errors.ts';

/** How soon a new name is seen where the system tells of no changes, as on network folders. */
const GLANCE_MS = 2_000;
/** How soon everything else is seen there: an image written over, a folder that has become a disc. */
const LOOK_MS = 15_000;
/** Looking at a large or slow folder may take one part in 500 of idle time, one in 10 while busy. */
const IDLE_PER_LOOK = 500;
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
 * system tells of a change. While an image grows only changes of names count: its own writes would
 * tell all the time.
 */
export class FolderPoll {
  readonly #options: Options;
  #running = false;
  #busy: Promise<void> | null = null;
  #idle = true;
  #stamp = '';
  #lookAt = 0;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #watcher: FSWatcher | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#running = true;
    await this.#now(() => this.#look());
  }

  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    await this.#busy;
    this.#watcher?.close();
  }

  async #look(): Promise<void> {
    if (!this.#running) return;
    this.#watch();
    this.#stamp = await this.#folderStamp();
    this.#changed = false;
    const began = performance.now();
    const soon = await this.#options.look();
    const took = performance.now() - began;
    this.#idle = soon === null;
    this.#lookAt = performance.now() + Math.max(LOOK_MS, took * IDLE_PER_LOOK);
    if (this.#changed) this.#in(BURST_MS, () => this.#look());
    else if (soon === null) this.#in(GLANCE_MS, () => this.#glance());
    else this.#in(Math.max(soon, took * BUSY_PER_LOOK), () => this.#look());
  }

  async #glance(): Promise<void> {
    const stamp = await this.#folderStamp();
    const isDue = this.#changed || stamp !== this.#stamp || performance.now() > this.#lookAt;
    if (isDue) await this.#look();
    else this.#in(GLANCE_MS, () => this.#glance());
  }

  /** Another one when a name, a right or the folder itself came or went. */
  async #folderStamp(): Promise<string> {
    try {
      const { dev, ino, ctimeMs } = await stat(this.#options.folder);
      return `${dev} ${ino} ${ctimeMs}`;
    } catch (error) {
      return systemCode(error) ?? 'unreadable';
    }
  }

  #in(ms: number, next: () => Promise<void>): void {
    clearTimeout(this.#timer);
    if (this.#running) this.#timer = setTimeout(() => void this.#now(next), ms);
  }

  #now(next: () => Promise<void>): Promise<void> {
    this.#busy = next().finally(() => {
      this.#busy = null;
    });
    return this.#busy;
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
    if (this.#busy === null) this.#in(BURST_MS, () => this.#look());
  }
}
