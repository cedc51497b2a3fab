import assert from 'node:assert/strict';
import { join } from 'node:path';
import { execa } from 'execa';
import { scanDvd } from '../../../../service/scan/dvd/scan-dvd.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { DvdScan } from '../../../../service/scan/record.ts';
import type { AuthoredDisc } from '../../../authoring/author-dvd.ts';
import { authoredDiscOrSkip, type ReadyMadeName } from '../../../authoring/authored-disc.ts';
import { garbleFile, scrambleImage, truncateImage } from '../../../authoring/disc-faults.ts';
import { type Scratch, scratchFolder } from '../medium/synthetic-disc.ts';

/** How titles of a kind relate to others on these discs. */
const relations: Record<string, string | undefined> = { 'play-all': 'play-all', cut: 'cut' };

async function scan(source: string): Promise<DvdScan> {
  const medium = await openMedium(source);
  try {
    return DvdScan.parse(await scanDvd(medium));
  } finally {
    await medium.close();
  }
}

/** Truth is rounded to milliseconds. */
const isNear = (a: number, b: number, tolerance = 0.001) => Math.abs(a - b) < tolerance;
/** dvdauthor rounds the end of a clip up to the next frame. */
const frame = 0.041;

for (const name of ['tv', 'film'] satisfies ReadyMadeName[])
  describe(`scan of the authored disc "${name}"`, () => {
    let disc: AuthoredDisc;
    let found: DvdScan;
    before(async function () {
      disc = await authoredDiscOrSkip(this, name);
      found = await scan(disc.image);
    });

    it('reads label, standard and titles as they were made', () => {
      assert.equal(found.label, disc.truth.label);
      assert.deepEqual(
        found.titles.map(({ number, titleSet, standard }) => [number, titleSet, standard]),
        disc.truth.titles.map(({ number, titleSet }) => [number, titleSet, disc.truth.standard]),
      );
      assert.deepEqual(found.damaged, []);
      assert.equal(found.encryption, null);
    });

    it('reads durations and chapters to the frame', () => {
      for (const [index, { seconds, chapters, clips }] of disc.truth.titles.entries()) {
        const title = found.titles[index];
        assert.ok(isNear(title?.duration ?? 0, seconds, clips.length * frame));
        assert.equal(title?.chapters.length, chapters.length);
        const tolerance = clips.length === 1 ? 0.001 : clips.length * frame;
        for (const [at, start] of chapters.entries())
          assert.ok(isNear(title?.chapters[at] ?? -1, start, tolerance));
      }
    });

    it('reads cells and streams', () => {
      for (const [index, truth] of disc.truth.titles.entries()) {
        const title = found.titles[index];
        assert.deepEqual(
          title?.cells.map(({ key }) => key),
          truth.cells,
        );
        assert.deepEqual(
          title?.audio.map(({ language, channels }) => ({ lang: language, channels })),
          truth.audio,
        );
        assert.deepEqual(
          title?.subtitles.map(({ language }) => language),
          truth.subtitles.map(({ lang }) => lang),
        );
      }
    });

    it('finds the relations of the titles', () => {
      for (const [index, { kind }] of disc.truth.titles.entries())
        if (relations[kind]) assert.equal(found.titles[index]?.relation?.kind, relations[kind]);
    });

    it('finds the same in the folder', async () => {
      const { source: _, ...folder } = await scan(disc.folder);
      const { source: __, ...image } = found;
      assert.deepEqual(folder, image);
    });

    it('agrees with lsdvd', async function () {
      const { stdout, failed, code } = await execa('lsdvd', ['-x', '-Oy', disc.image], {
        reject: false,
      });
      if (failed && code === 'ENOENT') {
        console.log('skipped: lsdvd is not installed');
        this.skip();
      }
      const lengths = [...stdout.matchAll(/^\s+'length' : ([\d.]+),\n\s+'vts_id'/gm)];
      assert.equal(lengths.length, found.titles.length);
      const ratio = disc.truth.standard === 'ntsc' ? 1.001 : 1;
      for (const [index, [, length]] of lengths.entries())
        assert.ok(isNear(Number(length) * ratio, found.titles[index]?.duration ?? 0));
      const ids = [...stdout.matchAll(/'streamid' : '(0x[0-9a-f]+)'/g)].map(([, id]) => Number(id));
      const seen = found.titles.flatMap(({ audio, subtitles }) =>
        [...audio, ...subtitles].map(({ streamId }) => streamId),
      );
      assert.deepEqual(ids, seen);
    });

    it('takes less than 100 ms', async () => {
      const start = performance.now();
      await scan(disc.image);
      assert.ok(performance.now() - start < 100);
    });
  });

describe('scan of a faulty copy', () => {
  let scratch: Scratch;
  let output: string;
  before(async () => {
    scratch = await scratchFolder();
    output = join(scratch.path, 'faulty.iso');
  });
  after(() => scratch.remove());

  it('sees encryption and still lists the titles', async function () {
    const { image, truth } = await authoredDiscOrSkip(this, 'film');
    await scrambleImage({ image, output });
    const found = await scan(output);
    assert.equal(found.encryption, 'css');
    assert.equal(found.titles.length, truth.titles.length);
  });

  it('reads the backup of a garbled IFO', async function () {
    const { image, folder, truth } = await authoredDiscOrSkip(this, 'tv');
    await garbleFile({ image, output }, join(folder, 'VIDEO_TS', 'VTS_01_0.IFO'));
    const found = await scan(output);
    assert.equal(found.titles.length, truth.titles.length);
    assert.deepEqual(found.damaged, ['VTS_01_0.IFO is damaged; its backup is used']);
  });

  it('lists the titles of an image that ends early', async function () {
    const { image, truth } = await authoredDiscOrSkip(this, 'tv');
    await truncateImage({ image, output }, 0.5);
    const found = await scan(output);
    assert.ok(found.titles.length > 0 && found.titles.length <= truth.titles.length);
  });
});
