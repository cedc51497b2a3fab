import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { Id } from '../../contract/values.ts';
import { DiscflowError } from '../../errors.ts';
import { jsonFile } from '../../store/json-file.ts';
import type { DriveName } from './drive-identity.ts';

const Content = z.object({
  v: z.literal(1),
  drives: z.array(
    z.object({
      id: Id,
      serial: z.string().nullable(),
      port: z.string().nullable(),
      bridgeSerial: z.string().nullable(),
      model: z.string().nullable(),
    }),
  ),
});

/** Drives that were plugged in once, so that one keeps its id at another port and under another number. */
export class KnownDrives {
  readonly #path: string;
  readonly #file: Adapter<z.infer<typeof Content>>;
  #names: readonly DriveName[] = [];

  constructor(path: string) {
    this.#path = path;
    this.#file = jsonFile(path, Content);
  }

  get names(): readonly DriveName[] {
    return this.#names;
  }

  /** A damaged file costs the ids of drives that have moved since, no more. */
  async open(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    try {
      this.#names = (await this.#file.read())?.drives ?? [];
    } catch (error) {
      if (!(error instanceof DiscflowError)) throw error;
    }
  }

  async remember(name: DriveName): Promise<void> {
    const others = this.#names.filter(({ id }) => id !== name.id);
    this.#names = [...others, name];
    await this.#file.write({ v: 1, drives: [...this.#names] });
  }
}
