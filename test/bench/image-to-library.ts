import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { execa } from 'execa';
import { JobSnapshot } from '../../service/contract/job.ts';
import { scanDvd } from '../../service/scan/dvd/scan-dvd.ts';
import { openTitleSet } from '../../service/scan/dvd/title-set.ts';
import { openMedium } from '../../service/scan/medium/open-medium.ts';
import type { DvdTitle } from '../../service/scan/record.ts';
import { authoredDisc } from '../authoring/authored-disc.ts';
import { offline } from '../offline.ts';
import { median, type Row, timed } from './statistics.ts';

const SECTOR_BYTES = 2048;
const BLOCK_SECTORS = 512;

/** (a) A disc of four titles and over 500 MB, image to library, against mkvmerge alone on the same titles' VOBs. */
export async function imageToLibrary(runs: number): Promise<Row> {
  const { image } = await authoredDisc('big');
  const folder = await mkdtemp(join(image, '..', 'bench-'));
  try {
    const vobs = await extractVobs(image, folder);
    const ours: number[] = [];
    const alone: number[] = [];
    const withStart: number[] = [];
    const phases: Record<string, number[]> = {};
    for (let run = 0; run < runs; run++) {
      await warm([image, ...vobs]);
      alone.push(await timed(() => mkvmergeAll(vobs, folder)));
      await warm([image, ...vobs]);
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
      what: 'four titles, 567 MB, from the disc to the end of its job',
      ours: `${(median(ours) / 1000).toFixed(2)} s`,
      against: `${(median(alone) / 1000).toFixed(2)} s mkvmerge alone`,
      ratio,
      goal: '<= 1.3',
      reached: ratio <= 1.3,
      details: { ...details, 'with the start of the program ms': Math.round(median(withStart)) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function extractVobs(image: string, folder: string): Promise<string[]> {
  const medium = await openMedium(image);
  try {
    const { titles } = await scanDvd(medium);
    const wanted = titles.filter(({ relation }) => relation === null);
    const vobs: string[] = [];
    for (const title of wanted) {
      const path = join(folder, `t${title.number}.vob`);
      await extract(title, openTitleSet(medium, title.titleSet), path);
      vobs.push(path);
    }
    return vobs;
  } finally {
    await medium.close();
  }
}

async function extract(title: DvdTitle, set: ReturnType<typeof openTitleSet>, path: string) {
  const file = await open(path, 'w');
  for (const { firstSector, lastSector } of title.cells)
    for (let sector = firstSector; sector <= lastSector; sector += BLOCK_SECTORS) {
      const count = Math.min(BLOCK_SECTORS, lastSector + 1 - sector);
      const block = Buffer.alloc(count * SECTOR_BYTES);
      await set.read(sector, count, block);
      await file.write(block);
    }
  await file.close();
}

async function mkvmergeAll(vobs: readonly string[], folder: string): Promise<void> {
  for (const vob of vobs) {
    const output = join(folder, 'alone.mkv');
    await execa('mkvmerge', ['--quiet', '-o', output, vob]);
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
