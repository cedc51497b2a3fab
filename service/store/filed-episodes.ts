import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { z } from 'zod';
import type { JobDocument } from '../jobs/document.ts';
import { jsonFile } from './json-file.ts';

/** "<show in lower case>/<season>" → episodes, by the disc they came from. */
const Document = z.object({
  v: z.literal(1),
  seasons: z.record(z.string(), z.record(z.string(), z.array(z.int().nonnegative()))),
});

/** Which episodes of a season have been filed, so that the next disc of the set goes on where the last ended. */
export class FiledEpisodes {
  readonly #file: Low<z.infer<typeof Document>>;
  #queue: Promise<unknown> = Promise.resolve();
  /** The disk does not have everything yet. */
  #unsaved = false;

  constructor(path: string) {
    this.#file = new Low(jsonFile(path, Document), { v: 1, seasons: {} });
  }

  /** Throws `state-damaged`. */
  start(): Promise<void> {
    return this.#file.read();
  }

  taken(show: string, season: number): number[] {
    return Object.values(this.#file.data.seasons[keyOf(show, season)] ?? {}).flat();
  }

  /** Notes what a job has filed by now, and forgets what it has taken back. */
  record(job: JobDocument): Promise<void> {
    const { identity, disc } = job;
    if (!identity?.title || disc.fingerprint === null) return Promise.resolve();
    const filed = job.titles.filter(({ state, match }) => state === 'completed' && match);
    const season = identity.season ?? filed[0]?.match?.season ?? 1;
    const episodes = filed.flatMap(({ match }) => (match?.season === season ? match.episodes : []));
    return this.#write(keyOf(identity.title, season), disc.fingerprint, episodes);
  }

  /** A disc has one place: what was noted of it elsewhere, before it was renamed, is wrong. */
  #write(key: string, disc: string, episodes: number[]): Promise<void> {
    const before = this.#file.data.seasons;
    const after = Object.fromEntries(
      Object.entries(before).map(([name, { [disc]: _, ...others }]) => [name, others]),
    );
    if (episodes.length > 0) after[key] = { ...after[key], [disc]: episodes };
    if (isDeepStrictEqual(before, after) && !this.#unsaved) return Promise.resolve();
    this.#file.data.seasons = after;
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

function keyOf(show: string, season: number): string {
  return `${show.toLowerCase()}/${season}`;
}
