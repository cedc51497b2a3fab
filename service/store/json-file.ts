import { copyFile, readFile, stat } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import type { z } from 'zod';
import { DiscflowError, systemCode } from '../errors.ts';
import { replaceDurably } from './durable-file.ts';

/**
 * A lowdb adapter for one JSON document with a schema: durable writes, and reads that refuse a damaged file.
 * `read` throws `state-damaged` after it has put a copy of the damaged file aside.
 */
export function jsonFile<T>(path: string, schema: z.ZodType<T>): Adapter<T> {
  return {
    async read() {
      const text = await readIfThere(path);
      if (text === null) return null;
      const document = parse(text, schema);
      if (document === null) throw await keepDamaged(path);
      return document;
    },
    write: (document) => replaceDurably(path, JSON.stringify(document)),
  };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parse<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Named after the time of the damage: however often the file is read, one copy of it is kept. */
async function keepDamaged(path: string): Promise<DiscflowError> {
  const { mtime } = await stat(path);
  const copy = `${path}.damaged-${mtime.toISOString().replaceAll(':', '')}`;
  await copyFile(path, copy);
  return new DiscflowError('state-damaged', `${path} cannot be read: its content is damaged`, {
    hint: `A copy was kept as ${copy}. Restore the file from a backup, or remove it to go on without it.`,
  });
}
