import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { authoredDisc } from '../authoring/authored-disc.ts';
import { offline } from '../offline.ts';
import { memoryKilobytes } from './start-and-idle.ts';
import type { Row } from './statistics.ts';

/** (e) The most memory a rip ever needs, for a small disc and for one a hundred times its size. */
export async function memoryWhileRipping(): Promise<Row> {
  const [small, big] = [await authoredDisc('tv'), await authoredDisc('big')];
  const little = await peakOf(small.image);
  const much = await peakOf(big.image);
  const ratio = much / little;
  return {
    what: 'most memory while ripping titles of 140 MB, against titles of 5 MB',
    ours: `${(much / 1024).toFixed(0)} MiB`,
    against: `${(little / 1024).toFixed(0)} MiB`,
    ratio,
    goal: '<= 1.25',
    reached: ratio <= 1.25,
  };
}

async function peakOf(image: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'discflow-bench-'));
  try {
    await mkdir(join(folder, 'library'));
    const args = ['dist/service/main.js', '--data', folder, 'run', image, '--yes'];
    const run = execa(process.execPath, [...args, '--library', join(folder, 'library')], {
      env: offline,
    });
    let peak = 0;
    const timer = setInterval(async () => {
      const now = await memoryKilobytes(run.pid ?? 0, 'VmHWM').catch(() => 0);
      if (now > peak) peak = now;
    }, 20);
    await run;
    clearInterval(timer);
    return peak;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
