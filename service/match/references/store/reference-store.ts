import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { titleKey } from '../../../identify/title-key.ts';
import { replaceDurably } from '../../../store/durable-file.ts';
import type { ReferenceQuery } from '../reference.ts';
import type { ReferenceFile } from '../sources/reference-source.ts';

type StoredShow = Pick<ReferenceQuery, 'show' | 'year' | 'tmdb'>;

/** What was fetched once, for good, and what could not be found, for a time. */
export interface ReferenceStore {
  /** The files of a season that were fetched, whether or not they turned out to be of use. */
  filesOf(show: StoredShow, season: number): Promise<ReferenceFile[]>;
  keep(show: StoredShow, file: Omit<ReferenceFile, 'read'>, bytes: Uint8Array): Promise<void>;
  /** Whether nothing more was found of it a short while ago. */
  isMissed(show: StoredShow, wanted: WantedReference): Promise<boolean>;
  miss(show: StoredShow, wanted: readonly WantedReference[]): Promise<void>;
}

export interface WantedReference {
  readonly season: number;
  readonly episode: number;
  readonly language: string;
}

const Season = z.object({
  v: z.literal(1),
  /** For people who look into the folder. */
  show: z.string(),
  season: z.int().nonnegative(),
  files: z.array(
    z.object({
      id: z.string().regex(/^[0-9a-f]{64}$/),
      episodes: z.array(z.int().nonnegative()).min(1),
      name: z.string().nullable(),
      language: z.string().nullable(),
      forced: z.boolean(),
      origin: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  missed: z.array(
    z.object({ episode: z.int().nonnegative(), language: z.string(), at: z.iso.datetime() }),
  ),
});
type Season = z.infer<typeof Season>;

const DAY = 24 * 60 * 60_000;
/** Somebody may have written them since. */
const MISSED_DAYS = 3;
const MOST_FILES = 2000;

/**
 * Files below `folder`, each named after a hash of its bytes, and a small list per season. A list is replaced whole,
 * so a crash loses nothing. A store that cannot be read or written is no reason to stop: what it lacks is fetched.
 */
export function createReferenceStore(folder: string): ReferenceStore {
  let queue: Promise<unknown> = Promise.resolve();

  return {
    async filesOf(show, season) {
      const { files } = await read(show, season);
      const kept = files.map(async ({ id, at: _, ...facts }): Promise<ReferenceFile[]> => {
        const bytes = await readIntact(id);
        if (bytes === null) return [];
        const source = 'opensubtitles';
        const readKept = async () => ({ state: 'read', bytes }) as const;
        return [{ ...facts, source, season, otherShow: null, read: readKept }];
      });
      return (await Promise.all(kept)).flat();
    },

    keep(show, file, bytes) {
      const id = createHash('sha256').update(bytes).digest('hex');
      const { episodes, name, language, forced, origin } = file;
      return inTurn(async () => {
        await write(fileOf(id), bytes);
        await change(show, file.season, ({ files, ...season }) => {
          const others = files.filter((other) => other.origin !== origin).slice(-MOST_FILES);
          const kept = { id, episodes: [...episodes], name, language, forced, origin, at: now() };
          return { ...season, files: [...others, kept] };
        });
      });
    },

    async isMissed(show, { season, episode, language }) {
      const { missed } = await read(show, season);
      return missed.some(
        (one) =>
          one.episode === episode &&
          one.language === language &&
          Math.abs(Date.now() - Date.parse(one.at)) < MISSED_DAYS * DAY,
      );
    },

    miss(show, wanted) {
      return inTurn(async () => {
        for (const season of new Set(wanted.map((one) => one.season))) {
          const news = wanted.filter((one) => one.season === season);
          await change(show, season, ({ missed, ...rest }) => ({
            ...rest,
            missed: [
              ...missed.filter(
                ({ episode, language }) =>
                  !news.some((one) => one.episode === episode && one.language === language),
              ),
              ...news.map(({ episode, language }) => ({ episode, language, at: now() })),
            ],
          }));
        }
      });
    },
  };

  /** Null for one that is gone or damaged: it is fetched again. */
  async function readIntact(id: string): Promise<Uint8Array | null> {
    const bytes = await readFile(fileOf(id)).catch(() => null);
    return bytes !== null && createHash('sha256').update(bytes).digest('hex') === id ? bytes : null;
  }

  async function read(show: StoredShow, season: number): Promise<Season> {
    const text = await readFile(listOf(show, season), 'utf8').catch(() => '');
    return parse(text) ?? { v: 1, show: show.show, season, files: [], missed: [] };
  }

  async function change(
    show: StoredShow,
    season: number,
    how: (season: Season) => Season,
  ): Promise<void> {
    const text = JSON.stringify(how(await read(show, season)), null, 1);
    await write(listOf(show, season), text);
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = queue.then(work).catch(() => undefined);
    queue = done;
    return done;
  }

  function listOf(show: StoredShow, season: number): string {
    return join(folder, 'shows', keyOf(show), `season-${season}.json`);
  }

  function fileOf(id: string): string {
    return join(folder, 'files', id.slice(0, 2), id);
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  const size = typeof content === 'string' ? null : content.length;
  const there = size === null ? null : await stat(path).catch(() => null);
  if (there !== null && there.size === size) return;
  await mkdir(dirname(path), { recursive: true });
  await replaceDurably(path, content);
}

/** By TMDB number where it is known, since shows share names. */
function keyOf({ tmdb, show, year }: StoredShow): string {
  if (tmdb !== null) return `tmdb-${tmdb}`;
  const key = createHash('sha256')
    .update(`${titleKey(show)} ${year ?? ''}`)
    .digest('hex');
  return `name-${key.slice(0, 24)}`;
}

function parse(text: string): Season | null {
  try {
    return Season.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function now(): string {
  return new Date().toISOString();
}
