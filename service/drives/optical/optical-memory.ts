import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { jsonFile } from '../../store/json-file.ts';

const Media = z.object({
  type: z.enum(['cd', 'dvd', 'bluray', 'unknown']),
  blank: z.boolean(),
  audioTracks: z.int().nullable(),
  dataTracks: z.int().nullable(),
  bytes: z.int().nullable(),
  label: z.string().nullable(),
  fileSystem: z.string().nullable(),
  uuid: z.string().nullable(),
});

const Content = z.object({
  v: z.literal(1),
  loaded: z
    .object({ source: z.string(), label: z.string(), media: Media })
    .nullable()
    .describe('the disc that was told of last and has not left since'),
  letOut: z
    .object({ media: Media, at: z.int().describe('milliseconds since 1970') })
    .nullable()
    .describe('the disc that a job let out last'),
});
export type OpticalContent = Omit<z.infer<typeof Content>, 'v'>;

/** What an optical drive knows across a restart, so that a disc that stayed in is not taken for a new one. */
export class OpticalMemory {
  readonly #path: string;
  readonly #file: Adapter<z.infer<typeof Content>>;
  #content: OpticalContent = { loaded: null, letOut: null };

  constructor(path: string) {
    this.#path = path;
    this.#file = jsonFile(path, Content);
  }

  get content(): OpticalContent {
    return this.#content;
  }

  /** Throws `state-damaged`. */
  async open(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const content = await this.#file.read();
    if (content) this.#content = { loaded: content.loaded, letOut: content.letOut };
  }

  async save(change: Partial<OpticalContent>): Promise<void> {
    this.#content = { ...this.#content, ...change };
    await this.#file.write({ v: 1, ...this.#content });
  }
}
