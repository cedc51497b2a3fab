import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Paint } from '../../service/cli/paint.ts';
import { printable } from '../../service/cli/words.ts';
import { sizeInWords } from '../../service/size-in-words.ts';

interface Line {
  branch: string;
  name: string;
  /** Null for folders. */
  bytes: number | null;
}

/** What is in a folder, as a tree with the sizes of its files; hidden files are left out. */
export async function libraryTree(folder: string, paint: Paint): Promise<string> {
  const lines = await linesBelow(folder, '');
  const width = Math.max(0, ...lines.map(({ branch, name }) => branch.length + name.length));
  return [
    paint('bold', basename(folder)),
    ...lines.map((line) => textOf(line, { paint, width })),
  ].join('\n');
}

async function linesBelow(folder: string, indent: string): Promise<Line[]> {
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const lines = entries.map(async (entry, index) => {
    const isLast = index === entries.length - 1;
    const path = join(folder, entry.name);
    const below = entry.isDirectory()
      ? await linesBelow(path, `${indent}${isLast ? '    ' : '│   '}`)
      : [];
    const bytes = entry.isDirectory() ? null : (await stat(path)).size;
    const branch = `${indent}${isLast ? '└── ' : '├── '}`;
    return [{ branch, name: printable(entry.name), bytes }, ...below];
  });
  return (await Promise.all(lines)).flat();
}

function textOf(
  { branch, name, bytes }: Line,
  { paint, width }: { paint: Paint; width: number },
): string {
  if (bytes === null) return paint('gray', branch) + paint('bold', name);
  const space = ' '.repeat(width - branch.length - name.length);
  return `${paint('gray', branch)}${name}${space}  ${sizeInWords(bytes).padStart(8)}`;
}
