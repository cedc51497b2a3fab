import type { DvdTitle } from '../../scan/record.ts';

/** One subtitle: when it appears, and where its first pack is in the .sub file. */
export interface Cue {
  readonly seconds: number;
  readonly position: number;
}

interface VobSubIndex {
  title: Pick<DvdTitle, 'video' | 'palette'>;
  streamId: number;
  language: string;
  cues: readonly Cue[];
}

/**
 * A VobSub index. The palette is in the IFO and would be lost with the stream alone; ffmpeg drops
 * every packet when `index` is not the substream's number.
 */
export function vobsubIndex({ title, streamId, language, cues }: VobSubIndex): string {
  return [
    '# VobSub index file, v7 (do not modify this line!)',
    `size: ${title.video.width}x${title.video.height}`,
    `palette: ${title.palette.join(', ')}`,
    'langidx: 0',
    `id: ${language.length === 2 ? language : 'un'}, index: ${streamId - 0x20}`,
    ...cues.map(
      ({ seconds, position }) =>
        `timestamp: ${timestamp(seconds)}, filepos: ${position.toString(16).padStart(9, '0')}`,
    ),
    '',
  ].join('\n');
}

/** HH:MM:SS:mmm; what is shown before the first picture is shown with it. */
function timestamp(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60];
  const clock = parts.map((part) => String(Math.floor(part)).padStart(2, '0'));
  return [...clock, String(ms % 1000).padStart(3, '0')].join(':');
}
