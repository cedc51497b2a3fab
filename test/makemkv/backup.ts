import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openMedium } from '../../service/scan/medium/open-medium.ts';
import { UsageError } from './command-line.ts';
import { descrambleSectors } from './descrambled.ts';
import { type OpenedDisc, openDisc } from './open-disc.ts';
import { busyFor } from './pace.ts';
import { FULL } from './robot.ts';
import type { RunContext } from './run-context.ts';

const EXIT_WRONG_SOURCE = 10;
const BYTES_A_SECOND = 8_000_000;
const BLOCK = 1024 * 2048;

/**
 * `backup disc:N FOLDER`: copies the files of a disc, or a DVD as an image when the target ends in
 * ".iso". Takes no other form of source, and does not tell what is in the drives.
 */
export async function copyDisc(context: RunContext): Promise<number> {
  const { line, robot } = context;
  const [source = '', target] = line.parameters;
  if (target === undefined) throw new UsageError('backup SOURCE FOLDER');
  if (!source.startsWith('disc:')) {
    console.error(`backup takes disc:N, not ${source}`);
    return EXIT_WRONG_SOURCE;
  }
  const begins = () => robot.message(5072, `file://${target}`);
  const disc = await openDisc(context, { hidesDrives: true, begins });
  if (typeof disc === 'number') return disc;
  const toImage = target.endsWith('.iso');
  if (!toImage && (await readdir(target).catch(() => [])).length > 0) {
    robot.message(5068, target);
    return 0;
  }
  robot.total(5047);
  robot.current(5048, 1);
  try {
    if (toImage) await copyImage(context, disc, target);
    else await copyFiles(context, disc, target);
  } catch (error) {
    robot.message(2018, String(error), target, 0);
    robot.message(5069);
    robot.message(5080);
    return 0;
  }
  robot.message(5070);
  robot.message(5081);
  return 0;
}

async function copyFiles(
  { line, robot }: RunContext,
  { path, medium }: OpenedDisc,
  target: string,
): Promise<void> {
  const reader = line.decrypt ? medium : await openMedium(path);
  const total = reader.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const [index, file] of reader.files.entries()) {
    robot.current(5046, index);
    const copy = join(target, file.path);
    await mkdir(dirname(copy), { recursive: true });
    const output = await open(copy, 'wx');
    for (let done = 0; done < file.bytes; ) {
      const block = Buffer.alloc(Math.min(BLOCK, file.bytes - done));
      await reader.read(file.path, done, block);
      await output.write(block);
      done += block.length;
      await busyFor(block.length / BYTES_A_SECOND);
      robot.progress((FULL * done) / file.bytes, ((FULL - 14) * (before + done)) / total);
    }
    await output.close();
    before += file.bytes;
  }
}

/** The image as it is, and its packs made readable when that is asked for. */
async function copyImage(
  { line, robot }: RunContext,
  { path }: OpenedDisc,
  target: string,
): Promise<void> {
  const { size } = await stat(path);
  const input = await open(path);
  const output = await open(target, 'wx');
  robot.current(5046, 0);
  for (let done = 0; done < size; ) {
    const block = Buffer.alloc(Math.min(BLOCK, size - done));
    await input.read(block, 0, block.length, done);
    if (line.decrypt) descrambleSectors(block);
    await output.write(block);
    done += block.length;
    await busyFor(block.length / BYTES_A_SECOND);
    robot.progress((FULL * done) / size, ((FULL - 14) * done) / size);
  }
  await Promise.all([input.close(), output.close()]);
}
