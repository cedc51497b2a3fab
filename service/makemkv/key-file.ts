import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { DiscflowError, systemCode, toProblem } from '../errors.ts';
import { replaceDurably } from '../store/durable-file.ts';
import { parseKey } from './key-form.ts';
import { storeKey } from './key-store.ts';
import { repeat } from './repeat.ts';

/** A secret file is looked at as often as this; file systems of containers report no changes. */
const LOOK_MS = 2000;
/** A key has some 70 characters. */
const LARGEST_BYTES = 4096;

interface KeyFileOptions {
  /** Of MakeMKV. */
  home: string;
  /** Holds the key: a secret of Docker, systemd or the like. */
  file: string;
  /** A new key was taken over. */
  onKey: () => void;
  onProblem: (problem: Problem | null) => void;
  /** Milliseconds between looks. */
  lookMs?: number;
}

export interface KeyFile {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes the key over from a file whenever its content changes. A content that was taken over once
 * does not count again, so that a key entered by hand stays. Never throws: a service without a key
 * still reads unencrypted discs.
 */
export function watchKeyFile(options: KeyFileOptions): KeyFile {
  const { home, file, onKey, onProblem, lookMs = LOOK_MS } = options;
  let taken: string | null | undefined;
  let told: string | null | undefined;
  let looking: ReturnType<typeof repeat> | undefined;

  async function look(): Promise<void> {
    try {
      const text = await readSecret(file);
      if (text === taken) return tell(null);
      if (text !== null && text.trim() !== '' && (await takeOver(home, parseKey(text)))) onKey();
      taken = text;
      tell(null);
    } catch (error) {
      const { message, hint } = toProblem(error);
      tell({ code: 'makemkv-key', message: `makemkv.key_file: ${message} (${file})`, hint });
    }
  }

  /** Once for as long as it is so. */
  function tell(problem: Problem | null): void {
    const message = problem?.message ?? null;
    if (message === told) return;
    told = message;
    onProblem(problem);
  }

  return {
    async start() {
      await look();
      looking = repeat(lookMs, look);
    },
    async stop() {
      await looking?.stop();
    },
  };
}

/** True when the key was not taken over from the file before. */
async function takeOver(home: string, key: string): Promise<boolean> {
  const mark = createHash('sha256').update(key).digest('hex');
  const marks = join(home, 'key-file.sha256');
  if ((await readIfThere(marks))?.trim() === mark) return false;
  await storeKey(home, key);
  await replaceDurably(marks, `${mark}\n`);
  return true;
}

/** Null when there is no such file yet. Throws `bad-request` for what would be read without an end: a pipe, a device. */
async function readSecret(path: string): Promise<string | null> {
  try {
    const stats = await stat(path);
    if (stats.isFile() && stats.size <= LARGEST_BYTES) return await readIfThere(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  throw new DiscflowError('bad-request', 'This is no file with a key in it', {
    hint: 'Name a file that holds the key of MakeMKV and nothing else.',
  });
}

/** Null when there is no such file: a secret may be mounted later. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
