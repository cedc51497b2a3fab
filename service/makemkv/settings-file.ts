import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import { replaceDurably } from '../store/durable-file.ts';

const FOLDER = '.MakeMKV';
const FILE = 'settings.conf';
/** The settings hold the key: nobody else may read them. */
const PRIVATE = 0o700;

/** MakeMKV's settings below a HOME of ours; lines `name = "value"`. */
export function settingsFile(home: string): string {
  return join(home, FOLDER, FILE);
}

/**
 * Sets these settings and leaves all others as they are (the key is among them). Writes nothing when they are set
 * already. A null removes a setting. Throws system errors, and `state-full`.
 */
export async function updateSettings(
  home: string,
  settings: Readonly<Record<string, string | null>>,
): Promise<void> {
  await mkdir(join(home, FOLDER), { recursive: true, mode: PRIVATE });
  const path = settingsFile(home);
  const before = await readText(path);
  const kept = before
    .split('\n')
    .filter((line) => line !== '' && !Object.hasOwn(settings, nameOf(line)));
  const set = Object.entries(settings).flatMap(([name, value]) =>
    value === null ? [] : [`${name} = "${escapeValue(value)}"`],
  );
  const lines = [...kept, ...set].sort();
  if (lines.join('\n') === before.split('\n').filter(Boolean).sort().join('\n')) return;
  await replaceDurably(path, `${lines.join('\n')}\n`);
}

function nameOf(line: string): string {
  return /^\s*(\w+)\s*=/.exec(line)?.[1] ?? '';
}

function escapeValue(value: string): string {
  return value.replace(/[\r\n]/g, ' ').replace(/[\\"]/g, '\\$&');
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}
