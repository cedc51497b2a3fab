import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { jsonFile } from '../../store/json-file.ts';
import { sameMeasure } from './measure.ts';

const KnownImage = z.object({
  name: z.string(),
  bytes: z.int().nonnegative(),
  modified: z.int(),
});
export type KnownImage = z.infer<typeof KnownImage>;

const Content = z.object({
  v: z.literal(1),
  loaded: KnownImage.nullable(),
  ejected: z.array(KnownImage),
});
type Content = z.infer<typeof Content>;

/** What an image folder knows across a restart: which image is loaded, and which stay ejected in place. */
export class DriveMemory {
  readonly #path: string;
  readonly #file: Adapter<Content>;
  #loaded: KnownImage | null = null;
  #ejected = new Map<string, KnownImage>();

  constructor(path: string) {
    this.#path = path;
    this.#file = jsonFile(path, Content);
  }

  /** Throws `state-damaged`. */
  async open(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const content = await this.#file.read();
    if (content === null) return;
    this.#loaded = content.loaded;
    this.#ejected = new Map(content.ejected.map((image) => [image.name, image]));
  }

  wasLoaded(image: KnownImage): boolean {
    return this.#loaded?.name === image.name && sameMeasure(this.#loaded, image);
  }

  wasEjected(image: KnownImage): boolean {
    return sameMeasure(this.#ejected.get(image.name) ?? null, image);
  }

  async load(image: KnownImage): Promise<void> {
    if (!this.wasLoaded(image)) await this.#save(image, this.#ejected);
  }

  /** `present`: the names that are in the folder; what was remembered of others is forgotten. */
  async eject(image: KnownImage, present: ReadonlySet<string>): Promise<void> {
    const kept = [...this.#ejected].filter(([name]) => present.has(name));
    await this.#save(null, new Map(kept).set(image.name, image));
  }

  async #save(loaded: KnownImage | null, ejected: Map<string, KnownImage>): Promise<void> {
    await this.#file.write({ v: 1, loaded, ejected: [...ejected.values()] });
    this.#loaded = loaded;
    this.#ejected = ejected;
  }
}
