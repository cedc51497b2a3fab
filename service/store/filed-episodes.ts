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

  #write(key: string, disc: string, episodes: number[]): Promise<void> {
    const { seasons } = this.#file.data;
    const known = seasons[key] ?? {};
    if (String(known[disc] ?? []) === String(episodes)) return Promise.resolve();
    seasons[key] = { ...known, [disc]: episodes };
    const result = this.#queue.then(() => this.#file.write());
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function keyOf(show: string, season: number): string {
  return `${show.toLowerCase()}/${season}`;
}
