import { pack } from './big-endian.ts';
import type { ClipSpec } from './bluray-spec.ts';

interface StreamEntry {
  readonly pid: number;
  readonly type: 'video' | 'audio' | 'subtitles';
  /** Coding type and what follows it. */
  readonly attributes: Buffer;
}

const FORMAT_1080P_23976 = 0x61;
const WIDE = 0x30;

/** The streams of a clip with the PIDs that ffmpeg gives them. */
export function streamAttributesOf({ audio, subtitles }: ClipSpec): StreamEntry[] {
  return [
    { pid: 0x1011, type: 'video', attributes: pack([1, 0x1b, FORMAT_1080P_23976, WIDE]) },
    ...audio.map((lang, index): StreamEntry => {
      const layout = lang.endsWith('6') ? 0x61 : 0x31;
      return {
        pid: 0x1100 + index,
        type: 'audio',
        attributes: pack([1, 0x81, layout], lang.slice(0, 3)),
      };
    }),
    ...subtitles.map((lang, index): StreamEntry => {
      return { pid: 0x1200 + index, type: 'subtitles', attributes: pack([1, 0x90], lang) };
    }),
  ];
}
