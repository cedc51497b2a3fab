import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { execa } from 'execa';
import { JobSnapshot } from '../../service/contract/job.ts';
import { offline } from '../offline.ts';
import { median, type Row, timed } from './statistics.ts';

interface Comparison {
  what: string;
  image: string;
  /** What mkvmerge makes the same titles of when it is alone. */
  sources: readonly string[];
  /** Files that it reads for that. */
  read: readonly string[];
  /** For libraries and MKVs, on the disk of the image. */
  folder: string;
  runs: number;
}

/** A disc from its image to the library, against mkvmerge alone on the same titles. */
export async function compareWithMkvmerge(comparison: Comparison): Promise<Row> {
  const { what, image, sources, read, folder, runs } = comparison;
  const ours: number[] = [];
  const alone: number[] = [];
  const withStart: number[] = [];
  const phases: Record<string, number[]> = {};
  for (let run = 0; run < runs; run++) {
    await warm([image, ...read]);
    alone.push(await timed(() => mkvmergeAll(sources, folder)));
    await warm([image, ...read]);
    const job = await discflowRun(image, folder, (ms) => withStart.push(ms));
    ours.push(Date.parse(job.endedAt ?? '') - Date.parse(job.createdAt));
    for (const [step, ms] of Object.entries(phasesOf(job)))
      phases[step] = [...(phases[step] ?? []), ms];
  }
  const ratio = median(ours) / median(alone);
  const details = Object.fromEntries(
    Object.entries(phases).map(([step, times]) => [`${step} ms`, Math.round(median(times))]),
  );
  return {
    what,
    ours: `${(median(ours) / 1000).toFixed(2)} s`,
    against: `${(median(alone) / 1000).toFixed(2)} s mkvmerge alone`,
    ratio,
    goal: '<= 1.3',
    reached: ratio <= 1.3,
    details: { ...details, 'with the start of the program ms': Math.round(median(withStart)) },
  };
}

async function mkvmergeAll(sources: readonly string[], folder: string): Promise<void> {
  for (const source of sources) {
    const output = join(folder, 'alone.mkv');
    await execa('mkvmerge', ['--quiet', '-o', output, source]);
    await rm(output);
  }
}

async function discflowRun(image: string, folder: string, took: (ms: number) => void) {
  const library = join(folder, 'library');
  await mkdir(library);
  const args = ['dist/service/main.js', '--data', join(folder, 'data'), 'run', image];
  let stdout = '';
  took(
    await timed(async () => {
      const options = ['--library', library, '--yes', '--json'];
      ({ stdout } = await execa(process.execPath, [...args, ...options], { env: offline }));
    }),
  );
  await rm(library, { recursive: true });
  await rm(join(folder, 'data'), { recursive: true });
  return JobSnapshot.parse(JSON.parse(stdout));
}

function phasesOf({ steps }: JobSnapshot): Record<string, number> {
  return Object.fromEntries(
    Object.entries(steps).map(([step, { startedAt, endedAt }]) => [
      step,
      Date.parse(endedAt ?? '') - Date.parse(startedAt ?? ''),
    ]),
  );
}

/** Both sides read from the page cache. */
async function warm(files: readonly string[]): Promise<void> {
  for (const file of files) await finished(createReadStream(file).resume());
}
