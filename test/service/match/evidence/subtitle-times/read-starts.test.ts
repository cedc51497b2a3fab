import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSubtitleStarts } from '../../../../../service/match/evidence/subtitle-times/read-starts.ts';
import { startTimes } from '../../../../../service/match/evidence/subtitle-times/start-times.ts';
import type { ToolName } from '../../../../../service/tools/catalog.ts';
import { drawEpisode, type Line } from '../../../../match-lab/episode.ts';
import { createRandom } from '../../../../match-lab/random.ts';
import { makeSubtitleMkv } from '../../../../match-lab/subtitle-mkv.ts';
import { tools } from '../../../rip/rip-disc.ts';

const { signal } = new AbortController();
const { lines } = drawEpisode(createRandom('subtitles'), 1320, 60);
const others = drawEpisode(createRandom('others'), 1320, 60).lines;

/** Programs that read the packets, and what must not be there for it. */
const readers: { name: string; missing: readonly ToolName[] }[] = [
  { name: 'ffprobe', missing: [] },
  { name: 'ffmpeg and mkvmerge where there is no ffprobe', missing: ['ffprobe'] },
];

describe('subtitle starts of a file', function () {
  this.timeout(60_000);
  let folder: string;
  let mkv: string;

  before(async function () {
    const needed = await Promise.all([tools.find('mkvmerge'), tools.find('ffmpeg')]);
    if (needed.includes(null)) {
      console.log('skipped: needs mkvtoolnix and ffmpeg');
      return this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'starts-'));
    mkv = await makeSubtitleMkv(folder, 'title', [
      { codec: 'pgs', language: 'eng', lines },
      { codec: 'vobsub', language: 'fre', lines: others },
      { codec: 'text', language: 'ger', lines },
      { codec: 'pgs', language: 'eng', forced: true, lines: lines.slice(0, 60) },
      { codec: 'text', language: 'eng', lines: lines.slice(0, 9) },
    ]);
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true });
  });

  for (const { name, missing } of readers)
    it(`are those of every track, told apart by codec, language and use, by ${name}`, async () => {
      const tracks = await readSubtitleStarts(mkv, access(missing));
      const facts = tracks.map(({ starts, ...track }) => ({ ...track, count: starts.length }));
      const usable = { forced: false, unusable: null };
      assert.deepEqual(facts, [
        { track: 0, stream: 0, language: 'eng', codec: 'pgs', ...usable, count: lines.length },
        { track: 1, stream: 1, language: 'fre', codec: 'vobsub', ...usable, count: others.length },
        { track: 2, stream: 2, language: 'ger', codec: 'text', ...usable, count: lines.length },
        {
          ...{ track: 3, stream: 3, language: 'eng', codec: 'pgs', count: 60 },
          ...{ forced: true, unusable: 'forced' },
        },
        {
          ...{ track: 4, stream: 4, language: 'eng', codec: 'text', count: 9 },
          ...{ forced: false, unusable: 'too-few' },
        },
      ]);
      for (const { track, starts } of tracks) assertSame(starts, track === 1 ? others : lines);
    });

  for (const { name, missing } of readers)
    it(`are those that are there while it is still being written, by ${name}`, async () => {
      const part = await makeSubtitleMkv(folder, 'part', [
        { codec: 'pgs', language: 'eng', lines },
      ]);
      await truncate(part, Math.floor((await stat(part)).size * 0.6));
      const [track] = await readSubtitleStarts(part, access(missing));
      assert.ok(track && track.starts.length > 0.4 * lines.length);
      assert.ok(track.starts.length < 0.8 * lines.length);
      assertSame(track.starts, lines);
    });

  it('are none when no picture of a film has words, and a failure when it is no film', async () => {
    assert.deepEqual(await readSubtitleStarts(await silentMkv(folder), access([])), []);
    await assert.rejects(readSubtitleStarts(import.meta.filename, access([])), {
      code: 'tool-failed',
    });
  });

  it('are not waited for when nobody wants them any more', async () => {
    const aborted = { ...access([]), signal: AbortSignal.abort() };
    await assert.rejects(readSubtitleStarts(mkv, aborted), { code: 'cancelled' });
  });
});

describe('subtitle packets', () => {
  it('of PGS begin a subtitle only when they show something', () => {
    const packets = [
      { time: 1, bytes: 302 },
      { time: 3, bytes: 30 },
      { time: 4, bytes: 900 },
    ];
    assert.deepEqual(startTimes(packets, true), [1, 4]);
    assert.deepEqual(startTimes(packets, false), [1, 3, 4]);
  });

  it('are within what a disc can hold, whatever the file says', () => {
    const packets = [1, 4, 3_600_000, 1e300].map((time) => ({ time, bytes: 900 }));
    assert.deepEqual(startTimes(packets, true), [1, 4]);
  });

  it('that fade a picture in, or are of one moment, begin one subtitle', () => {
    const times = [5, 2, 2.04, 2.08, 2.12];
    const packets = times.map((time) => ({ time, bytes: 1400 }));
    assert.deepEqual(startTimes(packets, true), [2, 5]);
  });
});

function access(missing: readonly ToolName[]) {
  const find = async (name: ToolName) => (missing.includes(name) ? null : tools.find(name));
  return { run: tools.run, find, signal };
}

function assertSame(starts: readonly number[], expected: readonly Line[]): void {
  for (const [index, start] of starts.entries())
    assert.ok(Math.abs(start - (expected[index]?.start ?? 0)) < 0.02, `${index}: ${start}`);
}

async function silentMkv(folder: string): Promise<string> {
  const ffmpeg = await tools.find('ffmpeg');
  assert.ok(ffmpeg);
  const file = join(folder, 'silent.mkv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=64x64:duration=1'];
  await tools.run(ffmpeg.path, ['-nostdin', '-v', 'error', ...picture, file], { signal });
  return file;
}
