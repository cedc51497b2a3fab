import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { z } from 'zod';
import { SetAnswer } from '../review/offer-set.ts';
import { jsonFile } from './json-file.ts';

/** A shelf has fewer sets; the oldest answers go first. */
const MOST_SETS = 5000;

const Document = z.object({ v: z.literal(1), sets: z.record(z.string(), SetAnswer) });

/** What persons said of discs, by what the discs of their sets have in common. */
export class AnsweredSets {
  readonly #file: Low<z.infer<typeof Document>>;
  #queue: Promise<unknown> = Promise.resolve();
  /** The disk does not have everything yet. */
  #unsaved = false;

  constructor(path: string) {
    this.#file = new Low(jsonFile(path, Document), { v: 1, sets: {} });
  }

  /** Throws `state-damaged`. */
  start(): Promise<void> {
    return this.#file.read();
  }

  find(key: string): SetAnswer | null {
    const { sets } = this.#file.data;
    return Object.hasOwn(sets, key) ? (sets[key] ?? null) : null;
  }

  record(key: string, answer: SetAnswer): Promise<void> {
    if (isDeepStrictEqual(this.find(key), answer) && !this.#unsaved) return Promise.resolve();
    const { [key]: _, ...others } = this.#file.data.sets;
    const entries = [...Object.entries(others), [key, answer] as const];
    this.#file.data.sets = Object.fromEntries(entries.slice(-MOST_SETS));
    const result = this.#queue.then(() => this.#save());
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #save(): Promise<void> {
    this.#unsaved = true;
    await this.#file.write();
    this.#unsaved = false;
  }
}
