import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { z } from 'zod';
import { IdentityStatement } from '../contract/identity.ts';
import { Disc } from '../contract/job.ts';
import { At, Id, Ulid } from '../contract/values.ts';
import { titleKey } from '../identify/title-key.ts';
import type { JobDocument } from '../jobs/document.ts';
import { jsonFile } from './json-file.ts';

/** What one disc has brought of a film or series; its extras do not count. */
const FiledDisc = z.object({
  fingerprint: z.string(),
  job: Ulid,
  at: At,
  complete: z.boolean().describe('everything wanted on the disc arrived'),
  kind: Disc.shape.kind,
  identity: IdentityStatement,
  files: z.array(
    z.object({
      library: Id,
      path: z.string(),
      season: z.int().nullable(),
      episodes: z.array(z.int()),
    }),
  ),
});
export type FiledDisc = z.infer<typeof FiledDisc>;

const Document = z.object({ v: z.literal(1), discs: z.array(FiledDisc) });
type Document = z.infer<typeof Document>;

/**
 * Which discs brought which film or series, one small file for each title and each TMDB number, so that a
 * look-up reads no history. Wherever a template has put the files, they are found again.
 */
export class FiledWorks {
  readonly #folder: string;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(identity: IdentityStatement): Promise<FiledDisc[]> {
    await this.#queue;
    const lists = await Promise.all(keysOf(identity).map((key) => this.#read(key)));
    return [...new Map(lists.flat().map((disc) => [disc.fingerprint, disc])).values()];
  }

  /** Notes what a job has filed by now, and forgets what it has taken back or filed under another name. */
  record(job: JobDocument, before: JobDocument | null): Promise<void> {
    const [now, then] = [filedDisc(job), before && filedDisc(before)];
    if (isDeepStrictEqual(contentOf(now), contentOf(then))) return Promise.resolve();
    const work = async () => {
      const current = now ? keysOf(now.identity) : [];
      const old = (then ? keysOf(then.identity) : []).filter((key) => !current.includes(key));
      const fingerprint = job.disc.fingerprint ?? '';
      for (const key of old) await this.#write(key, fingerprint, null);
      for (const key of current) await this.#write(key, fingerprint, now);
    };
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #read(key: string): Promise<FiledDisc[]> {
    return (await this.#file(key)).data.discs;
  }

  async #write(key: string, fingerprint: string, disc: FiledDisc | null): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = await this.#file(key);
    const others = file.data.discs.filter((other) => other.fingerprint !== fingerprint);
    file.data.discs = disc ? [...others, disc] : others;
    await file.write();
  }

  async #file(key: string): Promise<Low<Document>> {
    const name = createHash('sha1').update(key).digest('hex');
    const adapter = jsonFile(join(this.#folder, `${name}.json`), Document);
    const file = new Low<Document>(adapter, { v: 1, discs: [] });
    await file.read();
    return file;
  }
}

function filedDisc({ disc, identity, titles, ...job }: JobDocument): FiledDisc | null {
  if (disc.fingerprint === null || !identity) return null;
  const files = titles.flatMap(({ filed, match }) => {
    if (!filed || !match || match.kind === 'extra') return [];
    const { season, episodes } = match;
    return [{ ...filed, season, episodes }];
  });
  if (files.length === 0) return null;
  const { kind, title, year, season, disc: number, edition, tmdb } = identity;
  return {
    fingerprint: disc.fingerprint,
    job: job.id,
    at: job.endedAt ?? job.updatedAt,
    complete: job.outcome === 'complete',
    kind: disc.kind,
    identity: { kind, title, year, season, disc: number, edition, tmdb },
    files,
  };
}

/** The time alone makes no other content. */
function contentOf(disc: FiledDisc | null) {
  return disc && { ...disc, at: '' };
}

function keysOf({ kind, title, tmdb }: IdentityStatement): string[] {
  const key = titleKey(title ?? '');
  return [
    ...(key === '' ? [] : [`${kind}/title/${key}`]),
    ...(tmdb ? [`${kind}/tmdb/${tmdb}`] : []),
  ];
}
