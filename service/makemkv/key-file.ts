import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { systemCode, toProblem } from '../errors.ts';
import { replaceDurably } from '../store/durable-file.ts';
import { parseKey } from './key-form.ts';
import { storeKey } from './key-store.ts';

/** A secret file is looked at as often as this; file systems of containers report no changes. */
const LOOK_MS = 2000;

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
  let looked: string | null | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    try {
      const text = await readIfThere(file);
      if (text === looked) return;
      looked = text;
      if (text !== null && text.trim() !== '' && (await takeOver(home, parseKey(text)))) onKey();
      onProblem(null);
    } catch (error) {
      const { message, hint } = toProblem(error);
      onProblem({ code: 'makemkv-key', message: `makemkv.key_file: ${message} (${file})`, hint });
    }
  }

  return {
    async start() {
      await look();
      const again = () => {
        looking = looking.then(look);
      };
      timer = setInterval(again, lookMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
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

/** Null when there is no such file: a secret may be mounted later. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
