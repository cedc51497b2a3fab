import { join } from 'node:path';
import { execa } from 'execa';
import type { ToolName } from '../../../../service/tools/catalog.ts';
import { createToolFinder } from '../../../../service/tools/find.ts';
import { createToolRunner } from '../../../../service/tools/run.ts';

const run = createToolRunner();
const { find } = createToolFinder({ run });

/** Paths of these programs; the test is skipped with a word when one is missing. */
export async function programsOrSkip<Name extends ToolName>(
  test: Mocha.Context,
  names: readonly Name[],
): Promise<Record<Name, string> & { run: typeof run; signal: AbortSignal }> {
  const found = await Promise.all(names.map(async (name) => [name, await find(name)] as const));
  const missing = found.flatMap(([name, tool]) => (tool === null ? [name] : []));
  if (missing.length > 0) {
    console.log(`skipped: needs ${missing.join(', ')}`);
    test.skip();
  }
  const paths = Object.fromEntries(found.map(([name, tool]) => [name, tool?.path ?? '']));
  return { ...(paths as Record<Name, string>), run, signal: new AbortController().signal };
}

/** An MKV with a small moving picture and these files muxed in behind it. */
export async function makeMkv(
  folder: string,
  { name, seconds, inputs }: { name: string; seconds: number; inputs: readonly string[] },
): Promise<string> {
  const file = join(folder, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=160x120:rate=25:duration=${seconds}`];
  const maps = inputs.flatMap((_, index) => ['-map', String(index + 1)]);
  const files = inputs.flatMap((input) => ['-i', input]);
  const encode = ['-c:v', 'mpeg2video', '-g', '12', '-c:a', 'copy', '-c:s', 'copy'];
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-copyts', ...picture, ...files, '-map', '0', ...maps],
    ...encode,
    file,
  ]);
  return file;
}
