import assert from 'node:assert/strict';
import { cp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { contentHash } from '../../../../service/scan/fingerprint.ts';
import { inspectDisc } from '../../../../service/scan/inspect-disc.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { BlurayScan } from '../../../../service/scan/record.ts';
import { scanDisc } from '../../../../service/scan/scan-disc.ts';
import { isInstalled } from '../../../authoring/authoring-tools.ts';
import type { AuthoredBluray } from '../../../authoring/bluray/author-bluray.ts';
import { authoredBlurayOrSkip } from '../../../authoring/bluray/authored-bluray.ts';
import { blurayScanOf, titleOf } from '../../rip/bluray/scan-of.ts';
import { type Scratch, scratchFolder } from '../medium/synthetic-disc.ts';

const forms = ['bridge', 'udf', 'metadata'] as const;

describe('scan of an authored Blu-ray disc', () => {
  let disc: AuthoredBluray;
  let film: AuthoredBluray;
  let scratch: Scratch;
  let scan: BlurayScan;
  before(async function () {
    disc = await authoredBlurayOrSkip(this, 'series');
    film = await authoredBlurayOrSkip(this, 'film');
    scratch = await scratchFolder();
    scan = await blurayScanOf(disc.folder);
  });
  after(() => scratch?.remove());

  for (const form of forms)
    it(`says the same of its ${form} image as of its folder`, async () => {
      const source = disc.images[form];
      const medium = await openMedium(source);
      const found = await scanDisc(medium);
      await medium.close();
      assert.deepEqual(BlurayScan.parse(found), { ...scan, source });
    });

  it('lists playlists by number, and streams that no playlist plays', () => {
    assert.deepEqual(
      scan.titles.map(({ number, playlist }) => [number, playlist]),
      [
        ...['00001', '00002', '00003', '00004', '00010', '00800', '00900', '01000', '01001'].map(
          (playlist) => [Number(playlist), playlist],
        ),
        [100020, null],
      ],
    );
  });

  it('knows the size of every title to the byte', async () => {
    const sizeOf = async (clip: string) =>
      (await stat(join(disc.folder, 'BDMV', 'STREAM', `${clip}.m2ts`))).size;
    const clips = ['00001', '00002', '00003', '00004', '00005'];
    const sizes = await Promise.all(clips.map(sizeOf));
    const whole = sizes.reduce((sum, bytes) => sum + bytes, 0);
    assert.equal(titleOf(scan, 1).bytes, sizes[0]);
    assert.equal(titleOf(scan, 4).bytes, (sizes[3] ?? 0) + (sizes[4] ?? 0));
    assert.equal(titleOf(scan, 800).bytes, whole);
    assert.equal(titleOf(scan, 1000).bytes, 8 * (await sizeOf('00030')));
  });

  it('describes loops and blinks without dropping them', () => {
    assert.equal(titleOf(scan, 1000).items.length, 8);
    assert.ok(titleOf(scan, 1001).duration < 1);
  });

  it('finds what repeats and joins', () => {
    assert.deepEqual(titleOf(scan, 800).relation, { kind: 'play-all', of: [1, 2, 3, 4] });
  });

  it('tells the cuts of a film, its angles, and the joins without a gap', async () => {
    const found = await blurayScanOf(film.images.metadata);
    assert.deepEqual(titleOf(found, 100).relation, { kind: 'cut', of: [101] });
    assert.equal(titleOf(found, 110).angles, 2);
    assert.deepEqual(titleOf(found, 110).items[0]?.angles, ['00111']);
    const seamless = titleOf(found, 101).items.map((item) => item.seamless);
    assert.deepEqual(seamless, [false, true, true, true]);
    assert.equal(titleOf(found, 100).audio[0]?.channels, 6);
    assert.equal(found.name, 'Le petit film');
  });

  it('takes of a stretch what lies between its entry points', async () => {
    const found = await blurayScanOf(film.folder);
    const [part, whole] = [titleOf(found, 120), titleOf(found, 100).items[0]];
    const share = part.duration / 14;
    const bytes = part.bytes / (whole?.bytes ?? 1);
    assert.ok(bytes >= share - 0.05 && bytes < share + 2.5 / 14, `${bytes} for ${share}`);
    assert.equal(part.bytes % 192, 0);
  });

  it('has the name, fingerprint and size of the disc', async () => {
    assert.equal(scan.name, 'Small Show & Co: Season 1 Disc 1');
    assert.equal(scan.kind, 'bluray');
    assert.equal(scan.encryption, null);
    const files = Object.keys(disc.spec.clips).map(async (clip) => ({
      name: `${clip}.m2ts`,
      bytes: (await stat(join(disc.folder, 'BDMV', 'STREAM', `${clip}.m2ts`))).size,
    }));
    assert.equal(scan.fingerprint, contentHash(await Promise.all(files)));
    for (const source of [disc.folder, ...forms.map((form) => disc.images[form])]) {
      const inspected = await inspectDisc(source);
      assert.equal(inspected.fingerprint, scan.fingerprint);
      assert.equal(inspected.bytes, scan.bytes);
    }
  });

  it('knows an Ultra HD disc by its structure, with its picture and sound', async function () {
    const found = await blurayScanOf((await authoredBlurayOrSkip(this, 'uhd')).images.metadata);
    assert.equal(found.kind, 'uhd');
    const [title] = found.titles;
    assert.equal(title?.video.codec, 'hevc');
    assert.deepEqual([title?.video.height, title?.video.hdr], [2160, 'hdr10']);
    assert.deepEqual(
      title?.audio.map(({ codec, language, channels }) => `${language} ${codec} ${channels}`),
      ['eng truehd 2', 'deu dts 6', 'jpn lpcm 2', 'fra eac3 2', 'spa ac3 6'],
    );
  });

  it('agrees with libbluray on playlists, chapters, angles, clips and tracks', async function () {
    if (!(await isInstalled('bd_list_titles'))) return this.skip();
    for (const { folder, images } of [disc, film]) {
      const ours = (await blurayScanOf(images.metadata)).titles.flatMap((title) => {
        const { playlist, duration, chapters, angles, items, audio, subtitles } = title;
        if (playlist === null) return [];
        const seconds = Math.floor(duration);
        const tracks = `A:${audio.length} PG:${subtitles.length}`;
        return [`${playlist} ${seconds} ${chapters.length} ${angles} ${items.length} ${tracks}`];
      });
      for (const source of [folder, images.metadata]) {
        // libbluray takes the tracks of the first clip, and leaves out repetitions of what it has listed, such as loops.
        const theirs = await listedByLibbluray(source);
        assert.ok(theirs.length >= 4, theirs.join('\n'));
        for (const line of theirs.filter((each) => !each.startsWith('00130')))
          assert.ok(ours.includes(line), `${line}\n${ours.join('\n')}`);
      }
    }
  });

  it('agrees with mkvmerge on lengths, chapters, languages and PIDs', async function () {
    if (!(await isInstalled('mkvmerge'))) return this.skip();
    for (const number of [1, 4, 800]) {
      const title = titleOf(scan, number);
      const path = join(disc.folder, 'BDMV', 'PLAYLIST', `${title.playlist}.mpls`);
      const { stdout } = await execa('mkvmerge', ['-J', path]);
      const theirs: {
        container: { properties: { playlist_duration: number; playlist_chapters: number } };
        tracks: { type: string; properties: { stream_id: number; language?: string } }[];
      } = JSON.parse(stdout);
      const { playlist_duration, playlist_chapters } = theirs.container.properties;
      assert.ok(Math.abs(playlist_duration / 1e9 - title.duration) < 1e-6);
      assert.equal(playlist_chapters, title.chapters.length);
      const pids = [0x1011, ...[...title.audio, ...title.subtitles].map((t) => t.streamId)];
      assert.deepEqual(
        theirs.tracks.map(({ properties }) => properties.stream_id),
        pids,
      );
    }
  });

  describe('that is damaged', () => {
    let copy: string;
    beforeEach(async () => {
      copy = join(scratch.path, 'SMALL_SHOW_S1_BD1');
      await cp(disc.folder, copy, { recursive: true });
    });
    afterEach(() => rm(copy, { recursive: true }));

    const garble = (...paths: string[]) =>
      Promise.all(paths.map((path) => writeFile(join(copy, 'BDMV', path), 'not what it was')));

    it('reads playlists and clip information from their backup, and says so', async () => {
      await garble('PLAYLIST/00002.mpls', 'CLIPINF/00003.clpi');
      await rm(join(copy, 'BDMV', 'PLAYLIST', '00010.mpls'));
      const { damaged, ...found } = await blurayScanOf(copy);
      assert.deepEqual(found.titles, scan.titles);
      assert.deepEqual(damaged, [
        'CLIPINF/00003.CLPI is damaged; its backup is used',
        'PLAYLIST/00002.MPLS is damaged; its backup is used',
        'PLAYLIST/00010.MPLS is damaged; its backup is used',
      ]);
    });

    it('names playlists that are lost, and does without lost clip information', async () => {
      await garble('PLAYLIST/00002.mpls', 'BACKUP/PLAYLIST/00002.mpls');
      await garble('CLIPINF/00003.clpi', 'BACKUP/CLIPINF/00003.clpi');
      const found = await blurayScanOf(copy);
      assert.deepEqual(
        found.unreadable.map(({ number, reason }) => [number, reason.slice(0, 28)]),
        [[2, 'Playlist 00002 cannot be rea']],
      );
      assert.match(found.damaged.join(), /^Clip information 00003 cannot be read/);
      assert.equal(titleOf(found, 3).bytes, titleOf(scan, 3).bytes);
    });

    it('tells of clips that are missing, and leaves out what cannot be played at all', async () => {
      for (const clip of ['00003', '00005']) await rm(join(copy, 'BDMV', 'STREAM', `${clip}.m2ts`));
      const found = await blurayScanOf(copy);
      assert.ok(found.titles.every(({ number }) => number !== 3));
      assert.ok(found.damaged.includes('Playlist 00004 plays clips that are missing: 00005'));
    });

    it('cannot be scanned without any playlist or stream', async () => {
      for (const folder of ['PLAYLIST', 'STREAM', 'BACKUP/PLAYLIST'])
        await rm(join(copy, 'BDMV', folder), { recursive: true });
      await assert.rejects(blurayScanOf(copy), { code: 'disc-unreadable' });
    });
  });
});

async function listedByLibbluray(source: string): Promise<string[]> {
  const { stdout } = await execa('bd_list_titles', ['-l', source]);
  const line =
    /duration: (\d+):(\d+):(\d+) chapters: +(\d+) angles: +(\d+) clips: +(\d+) \(playlist: (\d+)\.mpls\) V:\d+ (A:\d+) +(PG:\d+)/g;
  return [...stdout.matchAll(line)].map(([, h, m, s, chapters, angles, clips, list, a, pg]) => {
    const seconds = Number(h) * 3600 + Number(m) * 60 + Number(s);
    return `${list} ${seconds} ${chapters} ${angles} ${clips} ${a} ${pg}`;
  });
}
