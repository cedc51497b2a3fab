import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the program keeps what it was told: follows HOME. */
export const dataFolder = join(process.env.HOME ?? homedir(), '.MakeMKV');

const file = join(dataFolder, 'settings.conf');
const LINE = /^\s*(\w+)\s*=\s*"((?:[^"\\]|\\.)*)"\s*$/;

/** Lines `name = "value"`; others are passed over. */
export async function readSettings(): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = LINE.exec(line) ?? [];
      return name === undefined || value === undefined
        ? []
        : [[name, value.replace(/\\(.)/g, '$1')] as const];
    }),
  );
}

/** Takes one setting out, or puts it in; the lines of the others stay as they are. */
export async function changeSetting(name: string, value: string | null): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const others = text
    .split('\n')
    .filter((line) => line.trim() !== '' && LINE.exec(line)?.[1] !== name);
  const lines = value === null ? others : [...others, `${name} = "${value}"`];
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${lines.join('\n')}\n`);
}
