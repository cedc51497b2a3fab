import type { AudioTrack, SubtitleTrack } from '../../contract/title.ts';
import { discLanguage } from '../language.ts';
import type { DvdTitle } from '../record.ts';

export type VideoAttributes = Pick<DvdTitle, 'standard' | 'video'>;

const maximumAudio = 8;
const maximumSubtitles = 32;

/** Coding modes 0 to 7; 1 and 5 are not used for sound on a DVD with video. */
const codecs: readonly AudioTrack['codec'][] = [
  'ac3',
  'unknown',
  'mpeg',
  'mpeg',
  'lpcm',
  'sdds',
  'dts',
  'unknown',
];
const audioKinds = new Map<number, AudioTrack['kind']>([
  [2, 'visually-impaired'],
  [3, 'commentary'],
  [4, 'commentary'],
]);
const subtitleKinds = new Map<number, SubtitleTrack['kind']>([
  [2, 'large'],
  [3, 'children'],
  [5, 'captions'],
  [6, 'captions'],
  [7, 'captions'],
  [9, 'forced'],
  [13, 'commentary'],
  [14, 'commentary'],
  [15, 'commentary'],
]);

// Layout of the three tables: dvd.sourceforge.net/dvdinfo/ifo.html (VTS_V_ATR, VTS_A_ATR, VTS_S_ATR).

/** Video attributes of a title set. */
export function videoAttributes(ifo: Buffer): VideoAttributes {
  const standard = ((ifo.readUInt8(0x200) >> 4) & 3) === 1 ? 'pal' : 'ntsc';
  const aspect = ((ifo.readUInt8(0x200) >> 2) & 3) === 3 ? '16:9' : '4:3';
  const size = (ifo.readUInt8(0x201) >> 2) & 3;
  const fullHeight = standard === 'pal' ? 576 : 480;
  const video: DvdTitle['video'] = {
    codec: ifo.readUInt8(0x200) >> 6 === 0 ? 'mpeg1' : 'mpeg2',
    width: [720, 704, 352, 352][size] ?? 720,
    height: size === 3 ? fullHeight / 2 : fullHeight,
    aspect,
    fps: standard === 'pal' ? 25 : 30_000 / 1001,
    interlaced: true,
    hdr: null,
  };
  return { standard, video };
}

/** Audio streams of a title set, in the order that program chains count them in. */
export function audioAttributes(ifo: Buffer): AudioTrack[] {
  const count = Math.min(ifo.readUInt16BE(0x202), maximumAudio);
  return Array.from({ length: count }, (_, index) => {
    const at = 0x204 + 8 * index;
    return {
      codec: codecs[ifo.readUInt8(at) >> 5] ?? 'unknown',
      language: discLanguage(ifo.toString('latin1', at + 2, at + 4)),
      channels: (ifo.readUInt8(at + 1) & 7) + 1,
      kind: audioKinds.get(ifo.readUInt8(at + 5)) ?? 'normal',
    };
  });
}

/** Subpicture streams of a title set, in the order that program chains count them in. */
export function subtitleAttributes(ifo: Buffer): SubtitleTrack[] {
  const count = Math.min(ifo.readUInt16BE(0x254), maximumSubtitles);
  return Array.from({ length: count }, (_, index) => {
    const at = 0x256 + 6 * index;
    return {
      codec: 'vobsub',
      language: discLanguage(ifo.toString('latin1', at + 2, at + 4)),
      kind: subtitleKinds.get(ifo.readUInt8(at + 5)) ?? 'normal',
    };
  });
}
