import type { BlurayTitle, PlayItem } from '../../../service/scan/record.ts';

/** "00010 0-60": a minute of a clip. */
export function playItem(text: string): PlayItem {
  const [clip = '', from = 0, to = 0] = text.split(/[ -]/);
  const [start, end] = [Number(from) * 45_000, Number(to) * 45_000];
  const bytes = Math.round((end - start) * 100);
  return { clip, angles: [], in: start, out: end, bytes, seamless: true };
}

/** A playlist that plays these stretches, with plain values for the rest. */
export function playlist(number: number, ...stretches: string[]): BlurayTitle {
  const items = stretches.map(playItem);
  return {
    number,
    playlist: String(number).padStart(5, '0'),
    duration: items.reduce((sum, item) => sum + (item.out - item.in) / 45_000, 0),
    bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
    video: {
      codec: 'avc',
      width: 1920,
      height: 1080,
      aspect: '16:9',
      fps: 23.976,
      interlaced: false,
      hdr: null,
    },
    angles: 1,
    chapters: [0],
    relation: null,
    audio: [],
    subtitles: [],
    items,
    subPaths: [],
  };
}
