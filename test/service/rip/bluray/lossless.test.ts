import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { BlurayScan } from '../../../../service/scan/record.ts';
import type { AuthoredBluray } from '../../../authoring/bluray/author-bluray.ts';
import {
  authoredBlurayOrSkip,
  type ReadyMadeBluray,
} from '../../../authoring/bluray/authored-bluray.ts';
import { chaptersOf } from '../dvd/elementary-streams.ts';
import { jobFor, type Ripped, ripDisc, tools } from '../rip-disc.ts';
import { countClipReads } from './counted-reads.ts';
import { blurayScanOf, titleOf } from './scan-of.ts';
import { clipFile, createSplitter, type StreamKind } from './stream-hashes.ts';

const forms = ['bridge', 'udf', 'metadata', 'folder'] as const;
/** MKV counts in milliseconds, and a frame is on the disc's grid of 45 kHz. */
const TICK_SECONDS = 0.002;

/** Four places of eight units in the biggest clips. */
const LOOKS_FOR_ENCRYPTION = 4 * 8 * 6144;

interface Case {
  name: ReadyMadeBluray;
  content: string;
  titles: readonly number[];
  form: (typeof forms)[number];
  kinds?: readonly StreamKind[];
  tracks?: readonly string[];
}

const usual: readonly StreamKind[] = ['avc', 'ac3', 'ac3', 'pgs', 'pgs'];
const usualTracks = ['und yes', 'eng yes', 'fre no', 'eng no', 'fre no'];

const cases: readonly Case[] = [
  {
    name: 'uhd',
    content: 'HEVC and sound in five codecs',
    titles: [1],
    form: 'metadata',
    kinds: ['hevc', 'truehd', 'dts', 'lpcm', 'eac3', 'ac3', 'pgs'],
    tracks: ['und yes', 'eng yes', 'ger no', 'jpn no', 'fre no', 'spa no', 'eng no'],
  },
  {
    name: 'series',
    content: 'episodes, one of two clips, their play-all, an extra and a bare stream',
    titles: [1, 2, 3, 4, 10, 800, 100020],
    form: 'metadata',
  },
  { name: 'film', content: 'two cuts and two angles', titles: [100, 101, 110], form: 'bridge' },
  { name: 'film', content: 'two cuts and two angles', titles: [100, 101, 110], form: 'udf' },
  { name: 'film', content: 'two cuts and two angles', titles: [100, 101, 110], form: 'folder' },
];

for (const { name, content, titles, form, kinds = usual, tracks = usualTracks } of cases)
  describe(`a Blu-ray disc with ${content}, ripped from its ${form} form`, () => {
    let disc: AuthoredBluray;
    let scan: BlurayScan;
    let staging: string;
    let scratch: string;
    let ripped: Ripped;
    const reads = new Map<string, number>();

    before(async function () {
      disc = await authoredBlurayOrSkip(this, name);
      if (!(await tools.find('mkvmerge'))) {
        console.log('skipped: needs mkvtoolnix');
        this.skip();
      }
      staging = await mkdtemp(join(tmpdir(), 'bluray-'));
      scratch = join(staging, 'scratch');
      await mkdir(scratch);
      scan = await blurayScanOf(form === 'folder' ? disc.folder : disc.images[form]);
      const wrap = countClipReads(reads);
      ripped = await ripDisc({ job: jobFor(scan, titles), staging, wrap });
    });
    after(() => staging && rm(staging, { recursive: true }));

    const fileOf = (number: number) =>
      join(ripped.folder, `t${String(number).padStart(2, '0')}.mkv`);

    it('has every title', () => {
      assert.deepEqual(ripped.result, { end: 'done' });
      const files = ripped.job.titles.flatMap(({ state, file }) =>
        state === 'ripped' ? [file] : [],
      );
      assert.deepEqual(files, titles.map(fileOf));
    });

    it('has picture, sound and subtitles of its clips bit for bit', async function () {
      this.timeout(60_000);
      const splitter = createSplitter(scratch, kinds);
      for (const number of titles.filter(isPlaylist)) {
        const clips = titleOf(scan, number).items.map(({ clip }) => clipFile(disc.folder, clip));
        const found = await splitter.hashesOf([fileOf(number)]);
        assert.deepEqual(found, await splitter.hashesOf(clips), `title ${number}`);
        assert.equal(new Set(found).size, kinds.length);
      }
    });

    it('has bare streams bit for bit', async () => {
      const splitter = createSplitter(scratch, ['avc', 'ac3']);
      for (const number of titles.filter((each) => !isPlaylist(each))) {
        const clips = titleOf(scan, number).items.map(({ clip }) => clipFile(disc.folder, clip));
        const found = await splitter.hashesOf([fileOf(number)]);
        assert.deepEqual(found, await splitter.hashesOf(clips), `title ${number}`);
      }
    });

    it('has languages, flags and chapters', async () => {
      for (const number of titles.filter(isPlaylist)) {
        assert.deepEqual(await tracksOf(fileOf(number)), tracks, `title ${number}`);
        const expected = titleOf(scan, number).chapters;
        const found = await chaptersOf(fileOf(number));
        assert.equal(found.length, expected.length);
        for (const [index, start] of expected.entries())
          assert.ok(Math.abs((found[index] ?? -1) - start) < TICK_SECONDS, `${found} ${expected}`);
      }
    });

    it('counted every byte', () => {
      const total = titles.reduce((sum, number) => sum + titleOf(scan, number).bytes, 0);
      const last = ripped.progress.at(-1);
      assert.deepEqual([last?.bytesDone, last?.bytesTotal], [total, total]);
    });

    if (form !== 'folder')
      it('was read once, and nothing that was not needed', async () => {
        const needed = new Set(titles.flatMap((n) => titleOf(scan, n).items.map((i) => i.clip)));
        for (const clip of Object.keys(disc.spec.clips)) {
          const { size } = await stat(clipFile(disc.folder, clip));
          const wanted = needed.has(clip) ? size : 0;
          const bytes = reads.get(`BDMV/STREAM/${clip}.M2TS`) ?? 0;
          const isOnce = bytes >= wanted && bytes <= wanted + LOOKS_FOR_ENCRYPTION;
          assert.ok(isOnce, `${bytes} bytes read of clip ${clip}, ${wanted} wanted`);
        }
      });
  });

const isPlaylist = (number: number) => number < 100_000;

async function tracksOf(file: string): Promise<string[]> {
  const { stdout } = await execa('mkvmerge', ['-J', file]);
  const found: { tracks: { properties: { language: string; default_track: boolean } }[] } =
    JSON.parse(stdout);
  return found.tracks.map(
    ({ properties }) => `${properties.language} ${properties.default_track ? 'yes' : 'no'}`,
  );
}
