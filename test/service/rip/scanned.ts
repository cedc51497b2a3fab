import type { CopiedTitle } from '../../../service/rip/dvd/copy-title.ts';
import type { Cell, DvdTitle } from '../../../service/scan/record.ts';

export const palVideo: DvdTitle['video'] = {
  codec: 'mpeg2',
  width: 720,
  height: 576,
  aspect: '16:9',
  fps: 25,
  interlaced: true,
  hdr: null,
};

/** A scanned title with what a test needs, and plain values for the rest. */
export function scannedTitle(known: Partial<DvdTitle> = {}): DvdTitle {
  return {
    number: 1,
    titleSet: 1,
    numberInSet: 1,
    duration: 10,
    bytes: 2048,
    standard: 'pal',
    video: palVideo,
    angles: 1,
    chapters: [0],
    audio: [],
    subtitles: [],
    palette: Array.from({ length: 16 }, () => '102030'),
    cells: [cell('1:1.1')],
    relation: null,
    ...known,
  };
}

export function cell(key: string, known: Partial<Cell> = {}): Cell {
  return { key, firstSector: 0, lastSector: 0, duration: 10, interleaved: false, ...known };
}

/** A title as the copy would have found it. */
export function copiedTitle(known: Partial<CopiedTitle> = {}): CopiedTitle {
  return {
    title: scannedTitle(),
    vob: '/staging/t01.vob',
    bytes: 2048,
    duration: 10,
    cells: new Map(),
    streams: new Map([[0xe0, 0]]),
    subtitles: [],
    chapters: [0],
    ...known,
  };
}
