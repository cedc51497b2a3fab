import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DvdScan } from '../../../../service/scan/record.ts';
import { identify } from '../../../../service/tools/mkv-contents.ts';
import type { AuthoredDisc } from '../../../authoring/author-dvd.ts';
import { authoredDiscOrSkip, type ReadyMadeName } from '../../../authoring/authored-disc.ts';
import { jobFor, type Ripped, ripDisc, scanOf, tools } from '../rip-disc.ts';
import { cellBytes, chaptersOf, cuesOf, md5OfStreams, md5OfTracks } from './elementary-streams.ts';
import { countReads } from './faulty-medium.ts';

/** spumux puts subtitles on the 10 ms before their time. */
const CUE_TOLERANCE_SECONDS = 0.0101;
/** MKV counts in milliseconds. */
const MKV_TICK_SECONDS = 0.0011;

/** Video, then audio in the order of the disc's list, then subtitles. */
const AUDIO_TRACKS = [1, 2];
const FIRST_SUBTITLE = 3;

const discs: { name: ReadyMadeName; content: string }[] = [
  { name: 'tv', content: 'episodes, an extra and a play-all that shares their cells' },
  { name: 'film', content: 'a film of several VOBs and files, its cut, and extras' },
];

for (const { name, content } of discs)
  describe(`a ripped disc with ${content}`, () => {
    let disc: AuthoredDisc;
    let scan: DvdScan;
    let staging: string;
    let ripped: Ripped;
    const reads = new Map<string, number>();

    before(async function () {
      disc = await authoredDiscOrSkip(this, name);
      if (!(await tools.find('mkvmerge'))) {
        console.log('skipped: needs mkvtoolnix');
        this.skip();
      }
      staging = await mkdtemp(join(tmpdir(), 'lossless-'));
      scan = await scanOf(disc.image);
      const job = jobFor(
        scan,
        scan.titles.map(({ number }) => number),
      );
      ripped = await ripDisc({ job, staging, wrap: (medium) => countReads(medium, reads) });
    });
    after(() => staging && rm(staging, { recursive: true }));

    /** Every title with its file and what the author knows about it. */
    function* titles() {
      for (const title of scan.titles) {
        const truth = disc.truth.titles.find(({ number }) => number === title.number);
        assert.ok(truth);
        const file = join(ripped.folder, `t${String(title.number).padStart(2, '0')}.mkv`);
        yield { title, truth, file, name: `title ${title.number} (${truth.kind})` };
      }
    }

    it('has every title', () => {
      assert.deepEqual(ripped.result, { end: 'done' });
      assert.deepEqual(
        ripped.job.titles.map(({ state, file }) => ({ state, file })),
        [...titles()].map(({ file }) => ({ state: 'ripped', file })),
      );
    });

    it('has the video and audio of its cells bit for bit', async () => {
      for (const { title, file, name } of titles()) {
        const source = md5OfStreams(await cellBytes(disc.folder, title));
        const wanted = ['video', '80', '81'].map((stream) => source.get(stream));
        assert.deepEqual(await md5OfTracks(file, [0, ...AUDIO_TRACKS]), wanted, name);
      }
    });

    it('has every subtitle at its time', async () => {
      for (const { truth, file, name } of titles())
        for (const [index, { cues }] of truth.subtitles.entries()) {
          const found = await cuesOf(file, FIRST_SUBTITLE + index);
          assert.equal(found.length, cues.length, name);
          for (const [cue, { start }] of cues.entries())
            assertNear(found[cue], start, CUE_TOLERANCE_SECONDS, `${name}, cue ${cue + 1}`);
        }
    });

    it('has every chapter exactly where it begins', async () => {
      for (const { truth, file, name } of titles()) {
        const found = await chaptersOf(file);
        assert.equal(found.length, truth.chapters.length, name);
        for (const [index, start] of truth.chapters.entries())
          assertNear(found[index], start, MKV_TICK_SECONDS, `${name}, chapter ${index + 1}`);
      }
    });

    it('has the length of the film', async () => {
      const mkvmerge = (await tools.find('mkvmerge'))?.path ?? '';
      const program = { run: tools.run, mkvmerge, signal: new AbortController().signal };
      for (const { truth, file, name } of titles())
        assertNear((await identify(program, file)).duration, truth.seconds, 0.1, name);
    });

    it('was read once but for looks at its structure and encryption', () => {
      const cells = new Map(
        scan.titles.flatMap((title) => title.cells.map((cell) => [cell.key, cell])),
      );
      const sectors = [...cells.values()].reduce(
        (sum, { firstSector, lastSector }) => sum + lastSector - firstSector + 1,
        0,
      );
      const total = [...reads.values()].reduce((sum, count) => sum + count, 0);
      assert.ok(total >= sectors && total < sectors * 1.05, `${total} reads of ${sectors} sectors`);
    });
  });

function assertNear(found: number | undefined, wanted: number, tolerance: number, what: string) {
  assert.ok(
    found !== undefined && Math.abs(found - wanted) <= tolerance,
    `${what}: at ${found} instead of ${wanted}`,
  );
}
