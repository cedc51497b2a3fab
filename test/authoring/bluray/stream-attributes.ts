import { pack } from './big-endian.ts';
import type { AudioCodec, ClipSpec } from './bluray-spec.ts';

interface StreamEntry {
  readonly pid: number;
  readonly type: 'video' | 'audio' | 'subtitles';
  /** Coding type and what follows it. */
  readonly attributes: Buffer;
}

const AVC_1080P_23976 = [0x1b, 0x61] as const;
const HEVC_2160P_23976 = [0x24, 0x81] as const;
const WIDE = 0x30;
/** HDR10 with the colours of BT.2020. */
const HDR10 = 0x12;

const codings: Readonly<Record<AudioCodec, number>> = {
  lpcm: 0x80,
  ac3: 0x81,
  dts: 0x82,
  truehd: 0x83,
  eac3: 0x84,
};

/**
 * The streams of a clip with the PIDs that ffmpeg gives them, as its clip information or a playlist
 * describes them.
 */
export function streamAttributesOf(
  { video, audio, subtitles }: ClipSpec,
  place: 'clip' | 'playlist',
): StreamEntry[] {
  const look = video === 'hevc' ? HEVC_2160P_23976 : AVC_1080P_23976;
  const third = place === 'playlist' && video === 'hevc' ? HDR10 : WIDE;
  return [
    { pid: 0x1011, type: 'video', attributes: pack([1, ...look, third]) },
    ...audio.map(({ lang, codec = 'ac3', channels = 2 }, index): StreamEntry => {
      const layout = channels === 6 ? 0x61 : 0x31;
      const attributes = pack([1, codings[codec], layout], lang);
      return { pid: 0x1100 + index, type: 'audio', attributes };
    }),
    ...subtitles.map((lang, index): StreamEntry => {
      return { pid: 0x1200 + index, type: 'subtitles', attributes: pack([1, 0x90], lang) };
    }),
  ];
}
