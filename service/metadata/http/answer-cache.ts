import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceDurably } from '../../store/durable-file.ts';

const Entry = z.object({
  v: z.literal(1),
  /** The request as it was asked for, without any key: two requests never share an answer. */
  request: z.string(),
  at: z.number().describe('milliseconds since 1970'),
  answer: z.discriminatedUnion('state', [
    z.object({ state: z.literal('found'), body: z.unknown() }),
    z.object({ state: z.literal('absent') }),
  ]),
});
export type CachedAnswer = z.infer<typeof Entry>['answer'];

export interface CacheTimes {
  /** Days for which what was found counts. */
  readonly days: number;
  /** Days after which something unknown is asked for again: somebody may have entered it since. */
  readonly missDays: number;
}

export interface AnswerCache {
  /** `fresh` is false when the answer is out of date and only better than none. */
  read(request: string): Promise<{ answer: CachedAnswer; fresh: boolean } | null>;
  write(request: string, answer: CachedAnswer): Promise<void>;
}

const DAY = 24 * 60 * 60_000;
/** TMDB's terms of use let nothing be kept for longer than six months. */
const LONGEST_DAYS = 180;
/** What providers say of one work is far below it. */
const LARGEST_ENTRY = 2 * 1024 * 1024;
const DEFAULT_BYTES = 64 * 1024 * 1024;

/**
 * Answers on disk, one small file each, named after a hash of the request. When the folder has grown to
 * `bytes`, the oldest answers go. A cache that cannot be read or written is no reason to stop: it is left out.
 */
export function createAnswerCache(
  folder: string,
  { days, missDays }: CacheTimes,
  bytes = DEFAULT_BYTES,
): AnswerCache {
  let used: number | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  return {
    async read(request) {
      const entry = parse(await readFile(pathOf(request), 'utf8').catch(() => ''));
      if (entry?.request !== request) return null;
      const age = (Date.now() - entry.at) / DAY;
      if (age > LONGEST_DAYS) return null;
      const limit = entry.answer.state === 'found' ? days : missDays;
      return { answer: entry.answer, fresh: age >= 0 && age < limit };
    },
    write(request, answer) {
      const entry = { v: 1, request, at: Date.now(), answer } satisfies z.infer<typeof Entry>;
      const text = JSON.stringify(entry);
      queue = queue.then(() => save(pathOf(request), text)).catch(() => undefined);
      return queue.then(() => undefined);
    },
  };

  function pathOf(request: string): string {
    return join(folder, `${createHash('sha256').update(request).digest('hex')}.json`);
  }

  async function save(path: string, text: string): Promise<void> {
    const size = Buffer.byteLength(text);
    if (size > LARGEST_ENTRY) return;
    await mkdir(folder, { recursive: true });
    used = (used ?? (await shrink(bytes))) + size;
    if (used > bytes) used = (await shrink(bytes * 0.9 - size)) + size;
    await replaceDurably(path, text);
  }

  /** Removes what is too old, and then the oldest until the others fit. @returns their bytes */
  async function shrink(room: number): Promise<number> {
    const files = await filesByAge();
    const tooOld = Date.now() - LONGEST_DAYS * DAY;
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size, mtimeMs } of files) {
      if (total <= room && mtimeMs >= tooOld) break;
      await rm(path, { force: true });
      total -= size;
    }
    return total;
  }

  async function filesByAge() {
    const names = await readdir(folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, mtimeMs };
      }),
    );
    return files.toSorted((a, b) => a.mtimeMs - b.mtimeMs);
  }
}

function parse(text: string): z.infer<typeof Entry> | null {
  try {
    return Entry.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
