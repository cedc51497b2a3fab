import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DvdScan } from '../../../../service/scan/record.ts';
import type { AuthoredDisc } from '../../../authoring/author-dvd.ts';
import { authoredDiscOrSkip } from '../../../authoring/authored-disc.ts';
import { scrambleImage, truncateImage } from '../../../authoring/disc-faults.ts';
import { jobFor, ripDisc, scanOf } from '../rip-disc.ts';

describe('ripping a damaged image', () => {
  let disc: AuthoredDisc;
  let scan: DvdScan;
  let folder: string;

  before(async function () {
    disc = await authoredDiscOrSkip(this, 'tv');
    scan = await scanOf(disc.image);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'damaged-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('that is cut off loses only the titles beyond its end', async () => {
    const output = join(folder, 'short.iso');
    await truncateImage({ image: disc.image, output }, 0.55);
    const job = jobFor({ ...scan, source: output }, [1, 2, 3, 4, 5]);
    const ripped = await ripDisc({ job, staging: folder });
    assert.deepEqual(ripped.result, { end: 'done' });
    const states = ripped.job.titles.map(({ state, error }) => error?.code ?? state);
    assert.equal(states[0], 'ripped');
    assert.equal(states[3], 'read-error');
    assert.equal(states[4], 'disc-unreadable', 'its title set is behind the end as a whole');
    const files = ripped.job.titles.filter(({ state }) => state === 'ripped').length;
    assert.equal((await readdir(ripped.folder)).length, files);
  });

  it('that is scrambled reads nothing', async () => {
    const output = join(folder, 'css.iso');
    await scrambleImage({ image: disc.image, output });
    const { result, transitions } = await ripDisc({
      job: jobFor({ ...scan, source: output }, [1]),
      staging: folder,
    });
    assert.ok(result.end === 'failed');
    assert.equal(result.problem.code, 'encrypted');
    assert.deepEqual(transitions, []);
  });

  it('whose scrambling the scan overlooked fails the title', async () => {
    const output = join(folder, 'css.iso');
    await scrambleImage({ image: disc.image, output });
    const { job } = await ripDisc({
      job: jobFor({ ...scan, source: output }, [1]),
      staging: folder,
      scanDisc: async () => scan,
    });
    assert.equal(job.titles[0]?.error?.code, 'encrypted');
  });
});
