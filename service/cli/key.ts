import { text } from 'node:stream/consumers';
import { makemkvHome } from '../makemkv/home.ts';
import { type KeyKind, kindOfKey, parseKey, whereToGetOne } from '../makemkv/key-form.ts';
import { storeKey } from '../makemkv/key-store.ts';
import { readHiddenLine } from './hidden-line.ts';
import { paintFor } from './paint.ts';
import { readSettings } from './settings.ts';

const kinds: Record<KeyKind, string> = {
  purchased: 'A purchased key (it does not end)',
  beta: 'A beta key (it ends after a month or two)',
  other: 'The key',
};

/** Whatever is on a command line can be read by every user of the machine, and stays in a history. */
const seenByOthers =
  'A key on the command line is seen in the list of processes and kept in the history of the shell. Better: "discflow key", which asks for it, or "discflow key - < key.txt".';

/** Stores a key for MakeMKV, from the terminal, a pipe or, with a warning, the argument. It is never shown. */
export async function enterKey(
  given: string | undefined,
  { data }: { data?: string },
): Promise<number> {
  const { config } = await readSettings(data);
  if (given !== undefined && given !== '-')
    process.stderr.write(`${paintFor(process.stderr)('yellow', '!')} ${seenByOthers}\n`);
  const key = parseKey(given === undefined || given === '-' ? await readKey() : given);
  const isNew = await storeKey(makemkvHome(config.state), key);
  const words = isNew
    ? `${kinds[kindOfKey(key)]} was taken. Discs that wait for it go on by themselves.`
    : 'This key was entered before. Discs that wait for another one go on waiting.';
  process.stderr.write(`${paintFor(process.stderr)('green', '✔')} ${words}\n`);
  return 0;
}

function readKey(): Promise<string> {
  if (!process.stdin.isTTY) return text(process.stdin);
  process.stderr.write(`${whereToGetOne}\n`);
  return readHiddenLine('Key (it is not shown): ');
}
