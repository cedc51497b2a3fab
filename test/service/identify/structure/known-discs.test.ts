import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDisc } from '../../../bench/identify/generated-disc.ts';
import { judge } from '../../../bench/identify/judge.ts';
import { readClone } from '../../../bench/identify/read-clone.ts';
import { readLines } from '../../../bench/identify/read-lines.ts';
import { totalsOf } from '../../../bench/identify/totals.ts';

/** They are no part of the repository. */
const knownDiscs = fileURLToPath(
  new URL('../../../../../shared/bench/discs.jsonl', import.meta.url),
);

describe('structure of known discs', () => {
  it('is never wrong without asking on real ones, finds films and orders', async function () {
    if (!existsSync(knownDiscs)) {
      console.log('      skipped: ../shared/bench/discs.jsonl is not here');
      return this.skip();
    }
    const verdicts = (await readLines(knownDiscs)).map(judge);
    const totals = totalsOf(verdicts);
    assert.equal(totals.silentlyWrong, 0);
    assert.ok(totals.asked <= 5, `${totals.asked} asked`);
    assert.equal(totals.mainRight, totals.mainOf);
    assert.equal(totals.orderRight, totals.orderOf);
    assert.equal(totals.playAlls.false, 0);
    assert.ok(totals.precision > 0.95 && totals.recall > 0.95);
  });

  it('is told with probabilities that come true on made-up ones', () => {
    const verdicts = Array.from({ length: 400 }, (_, i) => judge(generateDisc(`test-${i}`)));
    const { calibration, silentlyWrong, playAlls } = totalsOf(verdicts);
    assert.ok(calibration.ece < 0.05, `expected calibration error ${calibration.ece}`);
    assert.ok(silentlyWrong < 400 * 0.07, `${silentlyWrong} silently wrong`);
    assert.equal(playAlls.false, 0);
  }).timeout(20_000);

  it('makes the same disc of the same seed', () => {
    assert.deepEqual(generateDisc('a'), generateDisc('a'));
    assert.notDeepEqual(generateDisc('a').titles, generateDisc('b').titles);
  });
});

describe("a clone of TheDiscDB's data", () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-clone-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function put(path: string, disc: unknown): Promise<void> {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `\uFEFF${JSON.stringify(disc)}`);
  }

  const title = (Index: number, more: object) => ({ Index, Size: 4e9 + Index, ...more });

  it('knows the play-alls that are not named so, and discs whose sizes are not known', async () => {
    const episode = (Index: number, Episode: string, more: object) => ({
      Index,
      SourceFile: `0000${Index}.mpls`,
      Item: { Title: 'E', Type: 'Episode', Season: '01', Episode },
      ...more,
    });
    const folder2 = join(folder, 'sets');
    await put('sets/data/series/Show (2003)/release/disc01.json', {
      Format: 'Blu-ray',
      ContentHash: '0123456789ABCDEF',
      Titles: [
        episode(0, '9', { SegmentMap: '1,7', Duration: '0:22:00' }),
        episode(1, '10', { SegmentMap: '2,7', Duration: '0:22:10' }),
        episode(2, '11', { SegmentMap: '3,7', Duration: '0:22:05' }),
        episode(3, '12-13', { SegmentMap: '4', Duration: '0:44:05', SourceFile: '00002.mpls(1)' }),
        { Index: 4, SourceFile: '00009.mpls', SegmentMap: '1,2,3,7', Duration: '1:06:00' },
      ],
    });
    await put('sets/data/series/Show (2003)/release/disc02.json', {
      Format: 'DVD',
      Titles: [
        episode(0, '14', { SegmentMap: '1-4', Duration: '0:22:00', DisplaySize: '812.3 MB' }),
        episode(1, '15', { SegmentMap: '1-4', Duration: '0:22:10', DisplaySize: '815.0 MB' }),
        episode(2, '14-15', { SegmentMap: '1-8', Duration: '0:44:10', DisplaySize: '1.6 GB' }),
      ],
    });
    await put('sets/data/sets/Box (2003)/boxset.json', { Title: 'Box' });
    await put('sets/data/series/Show (2003)/metadata.json', { Title: 'Show' });
    const discs = await readClone(folder2);
    await rm(folder2, { recursive: true });
    assert.deepEqual(
      discs.map(({ kind, titles }) => [kind, titles.map(({ playAll }) => playAll)]),
      [
        ['tv', [false, false, false, false, true]],
        ['tv', [false, false, true]],
      ],
    );
    assert.deepEqual(
      discs[0]?.titles.map(({ source, episode, facts: { number, bytes } }) => [
        source,
        episode,
        number,
        bytes,
      ]),
      [
        ['00000.mpls', 10_009, 0, null],
        ['00001.mpls', 10_010, 1, null],
        ['00002.mpls', 10_011, 2, null],
        ['00002.mpls(1)', 10_012, 2.001, null],
        ['00009.mpls', null, 9, null],
      ],
    );
    for (const disc of discs) assert.equal(judge(disc).line.kind, 'tv');
  });

  it('is read as it is, with its odd values', async () => {
    const track = (Type: string, Resolution?: string) => ({ Type, Resolution });
    const episodes = ['1', '02', '3-4'].map((Episode, index) =>
      title(index, {
        SourceFile: `0080${index}.mpls`,
        SegmentMap: String(index + 10),
        Duration: `0:4${index}:10`,
        Tracks: [track('Video', '1920x1080'), track('Audio'), track('Audio'), track('Subtitles')],
        Item: { Title: 'E', Type: 'Episode', Season: 'Season 2', Episode, Chapters: [] },
      }),
    );
    const playAll = title(9, {
      SourceFile: '00850.mpls',
      SegmentMap: '10,11,12',
      Duration: '2:03:30',
      Item: { Title: 'Play All', Type: 'Extra' },
    });
    const noise = { SourceFile: '00012.m2ts', SegmentMap: '12', Duration: '0:42:10', Size: 9 };
    await put('data/series/Show (2001)/release/disc01.json', {
      Format: 'Blu-Ray',
      Titles: [...episodes, playAll, noise],
    });
    await put('data/movie/Film (2002)/release/disc02.json', {
      Format: 'DVD',
      Titles: [
        {
          SourceFile: '01',
          SegmentMap: '1-9',
          Duration: '0:21:00',
          DisplaySize: '1.5 GB',
          Item: { Type: 'Extra' },
        },
      ],
    });
    await put('data/movie/Film (2002)/release/disc03.json', { Format: 'DVD', Titles: [] });
    await put('data/movie/Film (2002)/release/release.json', {});
    const discs = await readClone(join(folder, 'data'));
    assert.deepEqual(
      discs.map(({ id, kind, complete }) => [id, kind, complete]),
      [
        ['movie/Film (2002)/release/disc02.json', 'extras', false],
        ['series/Show (2001)/release/disc01.json', 'tv', true],
      ],
    );
    const [bonus, show] = discs;
    assert.equal(bonus?.titles[0]?.facts.bytes, 1.5 * 2 ** 30);
    assert.deepEqual(
      show?.titles.map(({ episode, is, facts }) => [is, episode, facts.relation?.kind ?? null]),
      [
        ['episode', 20_001, null],
        ['episode', 20_002, null],
        ['episode', 20_003, null],
        ['other', null, 'play-all'],
        [null, null, 'duplicate'],
      ],
    );
    const [first] = show?.titles ?? [];
    assert.deepEqual(
      [first?.facts.audioTracks, first?.facts.subtitleTracks, first?.facts.height],
      [2, 1, 1080],
    );
    if (!show) return;
    const { line, playAlls } = judge(show);
    assert.equal(line.kind, 'tv');
    assert.deepEqual(playAlls, { found: 1, missed: 0, false: 0 });
  });
});
