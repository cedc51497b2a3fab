import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { z } from 'zod';
import { Ulid } from '../contract/values.ts';
import { Decision } from '../review/decision.ts';
import { jsonFile } from './json-file.ts';

const DiscRecord = z.object({
  v: z.literal(1),
  fingerprint: z.string(),
  job: Ulid.describe('the last job of this disc'),
  decision: Decision.nullable().describe('what a person decided about it'),
});
type DiscRecord = z.infer<typeof DiscRecord>;

/** What is known of every disc ever seen, one small file each, found by fingerprint. */
export class DiscMemory {
  readonly #folder: string;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(fingerprint: string): Promise<DiscRecord | null> {
    await this.#queue;
    return jsonFile(this.#pathOf(fingerprint), DiscRecord).read();
  }

  rememberJob(fingerprint: string, job: string): Promise<void> {
    return this.#edit(fingerprint, (record) => ({
      v: 1,
      fingerprint,
      job,
      decision: record?.decision ?? null,
    }));
  }

  /** Keeps a person's decision; a disc that was never seen is not remembered for it. */
  rememberDecision(fingerprint: string, decision: Decision): Promise<void> {
    return this.#edit(fingerprint, (record) => record && { ...record, decision });
  }

  #edit(
    fingerprint: string,
    edit: (record: DiscRecord | null) => DiscRecord | null,
  ): Promise<void> {
    const work = async () => {
      await mkdir(this.#folder, { recursive: true });
      const file = new Low(jsonFile(this.#pathOf(fingerprint), DiscRecord.nullable()), null);
      await file.read();
      const edited = edit(file.data);
      if (edited === null) return;
      file.data = edited;
      await file.write();
    };
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** A fingerprint is hexadecimal by contract; anything else must not name a file. */
  #pathOf(fingerprint: string): string {
    return join(this.#folder, `${fingerprint.replaceAll(/[^A-Za-z0-9]/g, '_')}.json`);
  }
}
