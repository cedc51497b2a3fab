import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../contract/problem.ts';
import { toProblem } from '../../errors.ts';
import type { Drive, DriveListener, LoadedDisc } from '../drive.ts';
import { type DiscImage, listDiscImages } from './disc-images.ts';
import { DriveMemory } from './drive-memory.ts';
import { FolderPoll } from './folder-poll.ts';
import { folderUnavailable, isMissing } from './folder-problems.ts';
import { type EjectTo, putAway } from './put-away.ts';
import { type NamedMeasure, WaitingImages } from './waiting-images.ts';

interface Options {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  /** An image is a disc when it has not changed for so long. */
  readonly settleSeconds: number;
  readonly ejectTo: EjectTo;
  /** File of the drive's own memory. */
  readonly memory: string;
  readonly listener: DriveListener;
}

/** What failed for a reason that passes, as a full disk or a closed folder, is tried again so soon. */
const RETRY_MS = 2000;

/** A folder of disc images as a changer: one is loaded, the others queue, eject loads the next. */
export class ImageFolder implements Drive {
  readonly kind = 'image-folder';
  readonly available = true;
  readonly tray = null;
  readonly leftAlone = null;
  readonly #options: Options;
  readonly #memory: DriveMemory;
  readonly #images: WaitingImages;
  readonly #poll: FolderPoll;
  #loaded: NamedMeasure | null = null;
  #present: readonly DiscImage[] = [];
  #problem: Problem | null = null;
  #told: unknown = null;
  /** Looking and ejecting change the same things, so they take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    const { folder, settleSeconds, memory } = options;
    this.#options = options;
    this.#memory = new DriveMemory(memory);
    this.#images = new WaitingImages({
      folder,
      settleMs: settleSeconds * 1000,
      isKnown: (image) => this.#memory.wasLoaded(image) || this.#memory.wasEjected(image),
    });
    this.#poll = new FolderPoll({ folder, look: () => this.#inTurn(() => this.#look()) });
  }

  get id(): string {
    return this.#options.id;
  }

  get name(): string {
    return this.#options.name;
  }

  get location(): string {
    return this.#options.folder;
  }

  get disc(): LoadedDisc | null {
    return this.#loaded && this.#asDisc(this.#loaded.name);
  }

  get loading(): boolean {
    return this.#loaded === null && this.#images.nextMs !== null;
  }

  get queued(): number {
    return this.#queue().length;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async start(): Promise<void> {
    await this.#memory.open();
    await this.#poll.start();
  }

  async stop(): Promise<void> {
    await this.#poll.stop();
    await this.#turn;
  }

  async eject(source?: string): Promise<void> {
    await this.#inTurn(async () => {
      const loaded = this.#loaded;
      if (loaded === null || (source !== undefined && source !== this.disc?.source)) return;
      const { folder, ejectTo } = this.#options;
      const put = await putAway({ folder, name: loaded.name, ejectTo });
      if (put === 'stays') await this.#remember(loaded);
      this.#unload('eject');
      await this.#look();
    });
  }

  async isStillIn(source: string): Promise<boolean> {
    return this.disc?.source === source;
  }

  async look(): Promise<void> {
    await this.#inTurn(() => this.#look());
  }

  /** One look at the folder; a fault becomes the drive's problem and the next look tries again. */
  async #look(): Promise<number | null> {
    let next: number | null = null;
    try {
      const missing = await this.#list();
      await this.#images.look(this.#present);
      await this.#checkLoaded();
      await this.#loadNext();
      this.#problem = missing;
      next = this.#images.nextMs;
    } catch (error) {
      this.#problem = toProblem(error);
      next = RETRY_MS;
    }
    this.#tell();
    return next;
  }

  /** A folder that is gone has no discs; one that cannot be read keeps those it had. */
  async #list(): Promise<Problem | null> {
    const { folder } = this.#options;
    try {
      this.#present = await listDiscImages(folder);
      return null;
    } catch (error) {
      const unavailable = folderUnavailable(folder, error);
      if (!isMissing(error)) throw unavailable;
      this.#present = [];
      return toProblem(unavailable);
    }
  }

  async #checkLoaded(): Promise<void> {
    const loaded = this.#loaded;
    if (loaded === null) return;
    const present = this.#present.some(({ name }) => name === loaded.name);
    if (!present || !(await this.#images.isStill(loaded))) this.#unload('person');
  }

  async #loadNext(): Promise<void> {
    if (this.#loaded !== null) return;
    for (const image of this.#queue()) {
      if (!(await this.#images.isStill(image))) continue;
      await this.#memory.load(image);
      this.#loaded = image;
      this.#options.listener.inserted(this.#asDisc(image.name));
      return;
    }
  }

  #queue(): NamedMeasure[] {
    return this.#images
      .settled()
      .filter((image) => image.name !== this.#loaded?.name && !this.#memory.wasEjected(image));
  }

  #remember(image: NamedMeasure): Promise<void> {
    return this.#memory.eject(image, new Set(this.#present.map(({ name }) => name)));
  }

  #unload(by: 'eject' | 'person'): void {
    const { disc } = this;
    this.#loaded = null;
    if (disc !== null) this.#options.listener.removed(disc, by);
  }

  #asDisc(name: string): LoadedDisc {
    const label = name.replace(/\.(iso|img)$/i, '');
    return { source: join(this.#options.folder, name), label, media: null };
  }

  #tell(): void {
    const now = { queued: this.queued, loading: this.loading, problem: this.#problem };
    if (isDeepStrictEqual(now, this.#told)) return;
    this.#told = now;
    this.#options.listener.changed();
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
