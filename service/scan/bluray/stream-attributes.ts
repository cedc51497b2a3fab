import type { AudioTrack, SubtitleTrack, VideoTrack } from '../../contract/title.ts';
import { discLanguage3 } from '../language.ts';
import type { Fields } from './fields.ts';

/** What playlists and clip information say of one elementary stream. */
export type StreamAttributes =
  | { type: 'video'; track: VideoTrack }
  | { type: 'audio'; track: AudioTrack }
  | { type: 'subtitles'; track: SubtitleTrack }
  | { type: 'other' };

// Coding types and the tables below as libbluray (bluray.h, mpls_parse.c) and the BD-ROM AV
// white papers name them.
const videoCodecs = new Map<number, VideoTrack['codec']>([
  [0x01, 'mpeg1'],
  [0x02, 'mpeg2'],
  [0x1b, 'avc'],
  [0x20, 'avc'],
  [0x24, 'hevc'],
  [0xea, 'vc1'],
]);
const audioCodecs = new Map<number, AudioTrack['codec']>([
  [0x03, 'mpeg'],
  [0x04, 'mpeg'],
  [0x80, 'lpcm'],
  [0x81, 'ac3'],
  [0x82, 'dts'],
  [0x83, 'truehd'],
  [0x84, 'eac3'],
  [0x85, 'dts-hd'],
  [0x86, 'dts-hd-ma'],
  [0xa1, 'eac3'],
  [0xa2, 'dts-hd'],
]);
const presentationGraphics = 0x90;
const textSubtitle = 0x92;

const formats: Readonly<Record<number, Pick<VideoTrack, 'width' | 'height' | 'interlaced'>>> = {
  1: { width: 720, height: 480, interlaced: true },
  2: { width: 720, height: 576, interlaced: true },
  3: { width: 720, height: 480, interlaced: false },
  4: { width: 1920, height: 1080, interlaced: true },
  5: { width: 1280, height: 720, interlaced: false },
  6: { width: 1920, height: 1080, interlaced: false },
  7: { width: 720, height: 576, interlaced: false },
  8: { width: 3840, height: 2160, interlaced: false },
};
const rates: Readonly<Record<number, number>> = {
  1: 24_000 / 1001,
  2: 24,
  3: 25,
  4: 30_000 / 1001,
  6: 50,
  7: 60_000 / 1001,
};
const aspects: Readonly<Record<number, VideoTrack['aspect']>> = { 2: '4:3', 3: '16:9' };
/** "Several" channels are not counted on the disc: 5.1 is the usual case. */
const channels: Readonly<Record<number, number>> = { 1: 1, 3: 2, 6: 6, 12: 6 };
const standardHeight = 576;

export const unknownVideo: VideoTrack = {
  codec: 'unknown',
  width: 0,
  height: 0,
  aspect: null,
  fps: null,
  interlaced: false,
  hdr: null,
};

/**
 * Reads the attribute block of a stream (after its length).
 * @param hasAspect in clip information the byte after format and rate tells the aspect ratio; in
 *   playlists it tells the dynamic range
 */
export function streamAttributes(fields: Fields, { hasAspect = false } = {}): StreamAttributes {
  const coding = fields.u8();
  const videoCodec = videoCodecs.get(coding);
  if (videoCodec) return { type: 'video', track: videoTrack(videoCodec, fields, hasAspect) };
  const audioCodec = audioCodecs.get(coding);
  if (audioCodec) {
    const layout = fields.u8() >> 4;
    const language = discLanguage3(fields.text(3));
    const track = { codec: audioCodec, language, channels: channels[layout] ?? 2 };
    return { type: 'audio', track: { ...track, kind: 'normal' } };
  }
  if (coding === presentationGraphics || coding === textSubtitle) {
    if (coding === textSubtitle) fields.skip(1);
    const codec = coding === textSubtitle ? 'text' : 'pgs';
    const language = discLanguage3(fields.text(3));
    return { type: 'subtitles', track: { codec, language, kind: 'normal' } };
  }
  return { type: 'other' };
}

function videoTrack(codec: VideoTrack['codec'], fields: Fields, hasAspect: boolean): VideoTrack {
  const look = fields.u8();
  const next = fields.left > 0 ? fields.u8() : 0;
  const last = fields.left > 0 ? fields.u8() : 0;
  const format = formats[look >> 4] ?? { width: 0, height: 0, interlaced: false };
  const wide = format.height > standardHeight ? '16:9' : null;
  return {
    codec,
    ...format,
    aspect: (hasAspect ? aspects[next >> 4] : undefined) ?? wide,
    fps: rates[look & 15] ?? null,
    hdr: codec === 'hevc' && !hasAspect ? dynamicRange(next >> 4, last) : null,
  };
}

/** UHD playlists: dynamic range type in the upper half, the HDR10+ flag in the byte after. */
function dynamicRange(type: number, flags: number): VideoTrack['hdr'] {
  if (type === 2) return 'dolby-vision';
  if (type !== 1) return null;
  return (flags & 0x40) === 0 ? 'hdr10' : 'hdr10plus';
}
