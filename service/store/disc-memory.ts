import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { z } from 'zod';
import { Ulid } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
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
    return this.#read(fingerprint);
  }

  rememberJob(fingerprint: string, job: string): Promise<void> {
    return this.#edit(fingerprint, (record) => ({
      v: 1,
      fingerprint,
      job,
      decision: record?.decision ?? null,
    }));
  }

  /**
   * Keeps a person's decision; a disc that was never seen is not remembered for it. What it says nothing of is as
   * it was decided before.
   */
  rememberDecision(
    fingerprint: string,
    { identity, titles, wanted, owned }: Decision,
  ): Promise<void> {
    return this.#edit(fingerprint, (record) => {
      if (!record) return null;
      const before = record.decision;
      const decision = {
        identity: identity ?? before?.identity ?? null,
        titles: titles.length > 0 ? titles : (before?.titles ?? []),
        wanted: wanted ?? before?.wanted ?? null,
        owned: owned ?? before?.owned ?? null,
      };
      return { ...record, decision };
    });
  }

  #edit(
    fingerprint: string,
    edit: (record: DiscRecord | null) => DiscRecord | null,
  ): Promise<void> {
    const work = async () => {
      await mkdir(this.#folder, { recursive: true });
      const edited = edit(await this.#read(fingerprint));
      if (edited !== null) await this.#fileOf(fingerprint, edited).write();
    };
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** A damaged record must not keep a disc from being ripped: a copy of it is kept, and the disc is new again. */
  async #read(fingerprint: string): Promise<DiscRecord | null> {
    const file = this.#fileOf(fingerprint, null);
    try {
      await file.read();
    } catch (error) {
      if (!(error instanceof DiscflowError) || error.code !== 'state-damaged') throw error;
    }
    return file.data;
  }

  #fileOf(fingerprint: string, record: DiscRecord | null): Low<DiscRecord | null> {
    return new Low(jsonFile(this.#pathOf(fingerprint), DiscRecord.nullable()), record);
  }

  /** A fingerprint is hexadecimal by contract; anything else must not name a file. */
  #pathOf(fingerprint: string): string {
    return join(this.#folder, `${fingerprint.replaceAll(/[^A-Za-z0-9]/g, '_')}.json`);
  }
}
