import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrackChoice } from '../../../../service/contract/job.ts';
import { type CopiedTitle, copyTitle } from '../../../../service/rip/dvd/copy-title.ts';
import { createFfmpegMuxer } from '../../../../service/rip/dvd/ffmpeg-muxer.ts';
import { findMuxer } from '../../../../service/rip/dvd/find-muxer.ts';
import { createMkvmergeMuxer } from '../../../../service/rip/dvd/mkvmerge-muxer.ts';
import type { Muxer } from '../../../../service/rip/dvd/muxer.ts';
import { StagedCells } from '../../../../service/rip/dvd/staged-cells.ts';
import { keptTracks } from '../../../../service/rip/dvd/track-choice.ts';
import { scanDvd } from '../../../../service/scan/dvd/scan-dvd.ts';
import { openTitleSet } from '../../../../service/scan/dvd/title-set.ts';
import type { Medium } from '../../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import type { DvdScan, DvdTitle } from '../../../../service/scan/record.ts';
import type { AuthoredDisc } from '../../../authoring/author-dvd.ts';
import { authoredDiscOrSkip } from '../../../authoring/authored-disc.ts';
import { tools } from '../rip-disc.ts';
import { chaptersOf, cuesOf, md5OfTracks } from './elementary-streams.ts';
import { delaySubstream } from './faulty-medium.ts';

const { signal } = new AbortController();

describe('making an MKV', () => {
  let disc: AuthoredDisc;
  let medium: Medium;
  let scan: DvdScan;
  let folder: string;
  let mkvmerge: Muxer;
  let ffmpeg: Muxer;

  before(async function () {
    disc = await authoredDiscOrSkip(this, 'tv');
    const [merger, encoder] = [await tools.find('mkvmerge'), await tools.find('ffmpeg')];
    if (!merger || !encoder) {
      console.log('skipped: needs mkvtoolnix and ffmpeg');
      return this.skip();
    }
    mkvmerge = createMkvmergeMuxer({ mkvmerge: merger.path, run: tools.run });
    ffmpeg = createFfmpegMuxer({ ffmpeg: encoder.path, run: tools.run });
    medium = await openMedium(disc.image);
    scan = await scanDvd(medium);
  });
  after(() => medium?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mux-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function titleOf(number: number): DvdTitle {
    const title = scan.titles.find((each) => each.number === number);
    assert.ok(title);
    return title;
  }

  function copy(title: DvdTitle, from = medium): Promise<CopiedTitle> {
    const titleSet = openTitleSet(from, title.titleSet);
    const prefix = join(folder, 'title');
    return copyTitle({
      title,
      titleSet,
      staged: new StagedCells(),
      prefix,
      signal,
      onBytes: () => {},
    });
  }

  async function make(
    muxer: Muxer,
    copied: CopiedTitle,
    name: string,
    choice?: TrackChoice,
  ): Promise<string> {
    const output = join(folder, name);
    const prefix = join(folder, `${name}.work`);
    const mux = await muxer.prepare({
      copied,
      kept: keptTracks(copied, choice),
      prefix,
      output,
      signal,
    });
    await mux.make();
    await muxer.verify(output, mux.expected, signal);
    return output;
  }

  it('gives the same with ffmpeg as with mkvmerge for a title of one piece', async () => {
    const copied = await copy(titleOf(1));
    const [merged, encoded] = [
      await make(mkvmerge, copied, 'a.mkv'),
      await make(ffmpeg, copied, 'b.mkv'),
    ];
    assert.deepEqual(await md5OfTracks(encoded, [0, 1, 2]), await md5OfTracks(merged, [0, 1, 2]));
    assert.deepEqual(await cuesOf(encoded, 3), await cuesOf(merged, 3));
    assert.deepEqual(await cuesOf(encoded, 4), await cuesOf(merged, 4));
    assert.deepEqual(await chaptersOf(encoded), await chaptersOf(merged));
    assert.deepEqual(await labelsOf(encoded), await labelsOf(merged));
  });

  it('refuses with ffmpeg what would drift, and says what to install', async () => {
    const playAll = await copy(titleOf(6));
    await assert.rejects(make(ffmpeg, playAll, 'all.mkv'), {
      code: 'tool-missing',
      message: 'Title 6 is made of several pieces, which only mkvmerge joins exactly',
    });
    const { cells, ...rest } = titleOf(1);
    const gap = await copy({ ...rest, cells: cells.filter((_, index) => index !== 1) });
    await assert.rejects(make(ffmpeg, gap, 'gap.mkv'), { code: 'tool-missing' });
  });

  it('takes ffmpeg when there is no mkvmerge', async () => {
    const encoder = await tools.find('ffmpeg');
    const find = async (name: string) => (name === 'ffmpeg' ? encoder : null);
    const muxer = await findMuxer({ run: tools.run, find });
    await assert.rejects(make(muxer, await copy(titleOf(6)), 'all.mkv'), { code: 'tool-missing' });
    await make(muxer, await copy(titleOf(2)), 'one.mkv');
  });

  it('keeps subtitles and chapters with the picture when sound begins before it', async () => {
    const { cells, chapters, ...rest } = titleOf(1);
    const [first, second] = [cells[0]?.duration ?? 0, cells[1]?.duration ?? 0];
    const title = { ...rest, cells: cells.slice(1), chapters: [0, second] };
    const whole = await cuesOf(await make(mkvmerge, await copy(titleOf(1)), 'whole.mkv'), 3);
    const file = await make(mkvmerge, await copy(title), 'part.mkv');
    const lead = await firstPicture(file);
    assert.ok(lead > 0.1, `the test needs sound ahead of the picture, not ${lead} s`);
    const expected = whole.filter((cue) => cue > first).map((cue) => cue - first + lead);
    const cues = await cuesOf(file, 3);
    assert.equal(cues.length, expected.length);
    for (const [index, cue] of cues.entries())
      assert.ok(Math.abs(cue - (expected[index] ?? 0)) < 0.007, `cue ${index}: ${cue}`);
    const [start, next = 0] = await chaptersOf(file);
    assert.equal(start, 0);
    assert.ok(Math.abs(next - (second + lead)) < 0.002);
  });

  it('keeps only the chosen languages', async () => {
    const copied = await copy(titleOf(1));
    const output = await make(mkvmerge, copied, 'fr.mkv', { audio: ['fra'], subtitles: [] });
    assert.deepEqual(await labelsOf(output), ['video und default', 'audio fre default']);
  });

  it('finds sound that begins late', async () => {
    const begins = 14 * 1024 * 1024;
    const copied = await copy(titleOf(6), delaySubstream(medium, 0x81, begins));
    assert.ok((copied.streams.get(0x81) ?? 0) >= begins, 'the title is too short for this test');
    const file = await make(mkvmerge, copied, 'late.mkv');
    assert.equal((await labelsOf(file)).filter((label) => label.startsWith('audio')).length, 2);
  });

  it('notices a file that is not whole', async () => {
    const copied = await copy(titleOf(1));
    const file = await make(mkvmerge, copied, 'a.mkv');
    const expected = { tracks: 5, chapters: 3, duration: copied.duration };
    for (const muxer of [mkvmerge, ffmpeg]) {
      await muxer.verify(file, expected, signal);
      await assert.rejects(muxer.verify(file, { ...expected, duration: 30 }, signal), {
        code: 'tool-failed',
      });
      await assert.rejects(muxer.verify(file, { ...expected, tracks: 6 }, signal), {
        code: 'tool-failed',
      });
    }
  });

  it("says in mkvmerge's words why it failed", async () => {
    const copied = await copy(titleOf(5));
    await mkdir(join(folder, 'taken.mkv'));
    await assert.rejects(make(mkvmerge, copied, 'taken.mkv'), {
      code: 'tool-failed',
      message: /^mkvmerge ended with exit code 2.*could not be opened for writing/,
    });
  });
});

/** Type, language and flags of every track. */
async function labelsOf(mkv: string): Promise<string[]> {
  const lines: string[] = [];
  await tools.run('mkvmerge', ['-J', mkv], { onLine: (line) => lines.push(line) });
  const { tracks }: { tracks: { type: string; properties: Record<string, unknown> }[] } =
    JSON.parse(lines.join(''));
  return tracks.map(({ type, properties: { language, default_track, forced_track } }) =>
    [
      type,
      language,
      ...(default_track ? ['default'] : []),
      ...(forced_track ? ['forced'] : []),
    ].join(' '),
  );
}

/** Seconds at which the video track begins. */
async function firstPicture(mkv: string): Promise<number> {
  const lines: string[] = [];
  const entries = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
  await tools.run('ffprobe', ['-v', 'error', ...entries, '-read_intervals', '%+#1', mkv], {
    onLine: (line) => lines.push(line),
  });
  return Number.parseFloat(lines[0] ?? '');
}
