import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunTool } from '../../../../tools/run.ts';

export interface Tesseract {
  readonly run: RunTool;
  /** Path of the program. */
  readonly tesseract: string;
  readonly signal: AbortSignal;
}

/** Pictures are small: threads only wait for each other, and one core is faster than four. */
const ONE_THREAD = { OMP_THREAD_LIMIT: '1' };
const STALL_MS = 60_000;
/** A block of text with lines of one size. */
const ONE_BLOCK = '6';
const PAGE_END = '\f';

/** The languages that are installed, as tesseract names them. */
export async function installedPacks({ run, tesseract, signal }: Tesseract): Promise<string[]> {
  const lines: string[] = [];
  const options = { signal, stallAfter: STALL_MS, onLine: (line: string) => lines.push(line) };
  await run(tesseract, ['--list-langs'], options);
  // The first line says where they are.
  return lines.slice(1).map((line) => line.trim());
}

/**
 * The text of each picture, in their order. One process reads them all: starting it costs as much as a picture.
 * Throws what `RunTool` throws.
 */
export async function readPages(
  { run, tesseract, signal }: Tesseract,
  pages: readonly Buffer[],
  pack: string,
): Promise<string[]> {
  if (pages.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'discflow-ocr-'));
  try {
    const files = pages.map((_, index) => join(folder, `${index}.pgm`));
    await Promise.all(files.map((file, index) => writeFile(file, pages[index] ?? '')));
    const list = join(folder, 'list.txt');
    await writeFile(list, `${files.join('\n')}\n`);
    const chunks: Uint8Array[] = [];
    await run(tesseract, [list, 'stdout', '-l', pack, '--psm', ONE_BLOCK], {
      signal,
      stallAfter: STALL_MS,
      env: ONE_THREAD,
      onData: (chunk) => chunks.push(chunk),
    });
    const texts = Buffer.concat(chunks).toString('utf8').split(PAGE_END);
    return files.map((_, index) => (texts[index] ?? '').trim());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
