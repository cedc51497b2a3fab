import assert from 'node:assert/strict';
import { parseMpls } from '../../../../service/scan/bluray/mpls.ts';
import { pack } from '../../../authoring/bluray/big-endian.ts';
import {
  besideClip,
  inClip,
  inClipForSubPath,
  type SyntheticStream,
  syntheticMpls,
} from './synthetic-mpls.ts';

const video = (...attributes: number[]): SyntheticStream => ({
  entry: inClip(0x1011),
  attributes: pack([1, ...attributes, 0, 0, 0]),
});
const audio = (pid: number, coding: number, layout: number, language: string) => ({
  entry: inClip(pid),
  attributes: pack([1, coding, layout], language),
});
const avc1080 = video(0x1b, 0x61);

function streamsOf(counts: number[], ...streams: SyntheticStream[]) {
  const mpls = parseMpls(syntheticMpls({ items: [{ counts, streams }] }));
  const table = mpls.items[0]?.streams;
  assert.ok(table);
  return table;
}

describe('a playlist', () => {
  for (const version of ['0100', '0200', '0300'])
    it(`of version ${version} is read`, () =>
      assert.equal(parseMpls(syntheticMpls({ version, items: [{}] })).version, version));

  it('of another version or kind is refused', () => {
    const playlist = syntheticMpls({ version: '9900', items: [{}] });
    assert.throws(() => parseMpls(playlist), { code: 'disc-unreadable' });
    assert.throws(() => parseMpls(Buffer.alloc(100)), { code: 'disc-unreadable' });
  });

  it('that ends too early is a RangeError', () => {
    const whole = syntheticMpls({ items: [{}, {}] });
    for (let length = 44; length < whole.length; length += 7)
      assert.throws(() => parseMpls(whole.subarray(0, length)), RangeError);
  });

  it('has items with times, time base, angles and joins', () => {
    const { items } = parseMpls(
      syntheticMpls({
        items: [
          { clip: '00007', stc: 1, times: [90_000, 135_000], flags: 0x11, angles: ['00008'] },
          { clip: '00009', flags: 5 },
          { clip: '00010', flags: 6 },
        ],
      }),
    );
    const [first] = items;
    assert.ok(first);
    const { streams: _, ...fields } = first;
    assert.deepEqual(fields, {
      clip: '00007',
      angles: ['00008'],
      stc: 1,
      in: 90_000,
      out: 135_000,
      seamless: false,
    });
    assert.deepEqual(
      items.map(({ seamless }) => seamless),
      [false, true, true],
    );
  });

  it('that ends before it begins is damaged', () => {
    const playlist = syntheticMpls({ items: [{ times: [2, 1] }] });
    assert.throws(() => parseMpls(playlist), { code: 'disc-unreadable' });
  });

  it('has chapters where the marks are entries, not links', () => {
    const marks: [number, number, number][] = [
      [1, 0, 0],
      [2, 0, 5],
      [1, 0, 30_000],
    ];
    assert.deepEqual(parseMpls(syntheticMpls({ items: [{}], marks })).marks, [
      { item: 0, time: 0 },
      { item: 0, time: 30_000 },
    ]);
  });

  it('names the clips of its sub paths', () => {
    const subPaths = [
      { type: 4, clips: [['00020']] },
      { type: 8, clips: [['00021', '00022'], ['00023']] },
    ];
    assert.deepEqual(parseMpls(syntheticMpls({ items: [{}], subPaths })).subPaths, [
      { type: 4, clips: ['00020'] },
      { type: 8, clips: ['00021', '00022', '00023'] },
    ]);
  });

  const pictures: [string, number[], number, object][] = [
    ['AVC 1080p', [0x1b, 0x61], 0, { codec: 'avc', width: 1920, fps: 24_000 / 1001, hdr: null }],
    ['VC-1 1080i', [0xea, 0x44], 0, { codec: 'vc1', interlaced: true, fps: 30_000 / 1001 }],
    ['MPEG-2 576i', [0x02, 0x23], 0, { codec: 'mpeg2', height: 576, aspect: null, fps: 25 }],
    ['HEVC SDR', [0x24, 0x81], 0, { codec: 'hevc', width: 3840, hdr: null }],
    ['HEVC HDR10', [0x24, 0x81, 0x12, 0], 0, { hdr: 'hdr10' }],
    ['HEVC HDR10+', [0x24, 0x81, 0x12, 0x40], 0, { hdr: 'hdr10plus' }],
    ['HEVC with a Dolby Vision layer', [0x24, 0x81, 0x12, 0], 1, { hdr: 'dolby-vision' }],
  ];
  for (const [name, attributes, layers, wanted] of pictures)
    it(`with ${name} says so`, () => {
      const counts = [1, 0, 0, 0, 0, 0, 0, layers];
      const [track] = streamsOf(counts, video(...attributes)).video;
      assert.deepEqual({ ...track, ...wanted }, track);
    });

  it('has sound of all codecs with language and channels', () => {
    const codings = [0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86];
    const tracks = codings.map((coding, i) => audio(0x1100 + i, coding, 0x61, 'eng'));
    const found = streamsOf([1, 7], avc1080, ...tracks).audio;
    assert.deepEqual(
      found.map(({ codec }) => codec),
      ['lpcm', 'ac3', 'dts', 'truehd', 'eac3', 'dts-hd', 'dts-hd-ma'],
    );
    const [mono, stereo] = streamsOf(
      [1, 2],
      avc1080,
      audio(0x1100, 0x81, 0x11, 'FRA'),
      audio(0x1101, 0x81, 0x31, '\0\0\0'),
    ).audio;
    assert.deepEqual([mono?.channels, mono?.language], [1, 'fra']);
    assert.deepEqual([stereo?.channels, stereo?.language], [2, 'und']);
  });

  it('tells secondary audio and the subtitles of picture-in-picture as commentary', () => {
    const pg = (pid: number) => ({
      entry: inClip(pid),
      attributes: pack([1, 0x90], 'eng', [1, 0]),
    });
    const text = { entry: besideClip(0x1800), attributes: pack([1, 0x92, 1], 'jpn') };
    const menu = { entry: inClip(0x1400), attributes: pack([1, 0x91], 'eng', [1, 0]) };
    const second = {
      ...audio(0x1a00, 0xa1, 0x31, 'eng'),
      entry: inClipForSubPath(0x1a00),
      after: pack([1, 1, 0, 0, 0]),
    };
    const picture = { ...video(0x1b, 0x61), after: pack([1, 1, 0, 0, 0, 1, 0, 0, 0]) };
    const { audio: sound, subtitles } = streamsOf(
      [1, 1, 2, 1, 1, 1, 1],
      ...[avc1080, audio(0x1100, 0x81, 0x61, 'eng')],
      ...[pg(0x1200), text, pg(0x1201), menu, second, picture],
    );
    assert.deepEqual(
      sound.map(({ streamId, codec, kind }) => [streamId, codec, kind]),
      [
        [0x1100, 'ac3', 'normal'],
        [0x1a00, 'eac3', 'commentary'],
      ],
    );
    assert.deepEqual(
      subtitles.map(({ streamId, codec, language, kind }) => [streamId, codec, language, kind]),
      [
        [0x1200, 'pgs', 'eng', 'normal'],
        [0x1800, 'text', 'jpn', 'normal'],
        [0x1201, 'pgs', 'eng', 'commentary'],
      ],
    );
  });

  it('leaves out sound that is in another file than the picture', () => {
    const beside = { ...audio(0x1a00, 0xa1, 0x31, 'eng'), entry: besideClip(0x1a00) };
    const second = { ...beside, after: pack([1, 0, 0]) };
    const counts = [1, 1, 0, 0, 1];
    const { audio: sound } = streamsOf(counts, avc1080, audio(0x1100, 0x81, 0x61, 'eng'), second);
    assert.deepEqual(
      sound.map(({ streamId }) => streamId),
      [0x1100],
    );
  });
});
