import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { z } from 'zod';
import type { JobDocument } from '../jobs/document.ts';
import type { EpisodeKey } from '../match/episode-key.ts';
import { jsonFile } from './json-file.ts';

const Episodes = z.array(z.int().nonnegative());

/** What one disc has brought of a season; earlier versions did not note the number of the disc. */
const Share = z.union([
  z.object({ disc: z.int().nullable().describe('its number in the set'), episodes: Episodes }),
  Episodes.transform((episodes) => ({ disc: null, episodes })),
]);

/** "<show in lower case>/<season>" → what each disc brought, by its fingerprint. */
const Document = z.object({
  v: z.literal(1),
  seasons: z.record(z.string(), z.record(z.string(), Share)),
});
type Seasons = z.infer<typeof Document>['seasons'];

/** A disc of a set, with the episodes that it is known to hold. */
export interface FiledDisc {
  readonly fingerprint: string;
  readonly disc: number | null;
  readonly episodes: readonly EpisodeKey[];
}

/** Which episodes of a season have been filed, and from which discs: what is left is on the other discs of the set. */
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
    const shares = Object.values(this.#file.data.seasons[keyOf(show, season)] ?? {});
    return shares.flatMap(({ episodes }) => episodes);
  }

  /** The discs that episodes of a show were filed from, of all its seasons. */
  discs(show: string): FiledDisc[] {
    return Object.entries(this.#file.data.seasons).flatMap(([key, shares]) => {
      const season = Number(key.slice(key.lastIndexOf('/') + 1));
      if (key !== keyOf(show, season)) return [];
      return Object.entries(shares).map(([fingerprint, { disc, episodes }]) => {
        return { fingerprint, disc, episodes: episodes.map((episode) => ({ season, episode })) };
      });
    });
  }

  /** Notes what a job has filed by now, and forgets what it has taken back. */
  record(job: JobDocument): Promise<void> {
    const { identity, disc, titles } = job;
    if (!identity?.title || disc.fingerprint === null) return Promise.resolve();
    const brought = new Map<string, number[]>();
    for (const { state, match } of titles) {
      if (state !== 'completed' || !match || match.episodes.length === 0) continue;
      const key = keyOf(identity.title, match.season ?? identity.season ?? 1);
      brought.set(key, [...(brought.get(key) ?? []), ...match.episodes]);
    }
    return this.#write(disc.fingerprint, identity.disc, brought);
  }

  /** What was noted of a disc before, also elsewhere before it was renamed, is no longer so. */
  #write(
    fingerprint: string,
    disc: number | null,
    brought: ReadonlyMap<string, number[]>,
  ): Promise<void> {
    const before = this.#file.data.seasons;
    const after: Seasons = Object.fromEntries(
      Object.entries(before).map(([key, { [fingerprint]: _, ...others }]) => [key, others]),
    );
    for (const [key, episodes] of brought)
      after[key] = { ...after[key], [fingerprint]: { disc, episodes } };
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
