import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { scanDvd } from '../../service/scan/dvd/scan-dvd.ts';
import { openTitleSet } from '../../service/scan/dvd/title-set.ts';
import { openMedium } from '../../service/scan/medium/open-medium.ts';
import type { DvdTitle } from '../../service/scan/record.ts';
import { authoredDisc } from '../authoring/authored-disc.ts';
import { compareWithMkvmerge } from './against-mkvmerge.ts';
import type { Row } from './statistics.ts';

const SECTOR_BYTES = 2048;
const BLOCK_SECTORS = 512;

/** (a) A disc of four titles and over 500 MB, image to library, against mkvmerge alone on the same titles' VOBs. */
export async function imageToLibrary(runs: number): Promise<Row> {
  const { image } = await authoredDisc('big');
  const folder = await mkdtemp(join(image, '..', 'bench-'));
  try {
    const vobs = await extractVobs(image, folder);
    const what = 'four titles, 567 MB, from the disc to the end of its job';
    return await compareWithMkvmerge({ what, image, sources: vobs, read: vobs, folder, runs });
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
