import type { DvdTitle } from '../../scan/record.ts';

/**
 * Chapter starts in the time of the copied stream. The scan has them as sums of durations in whole
 * frames; every chapter begins with a cell, so it begins with that cell's first picture.
 *
 * @param cellStarts seconds at which each cell of the title really begins
 * @param shift seconds by which the MKV's clock is ahead of the title's
 */
export function exactChapters(
  title: Pick<DvdTitle, 'cells' | 'chapters'>,
  cellStarts: readonly number[],
  shift: number,
): number[] {
  const scanned = scannedStarts(title.cells);
  return title.chapters.map((chapter) => {
    const start = cellStarts[nearest(scanned, chapter)] ?? chapter;
    return start === 0 ? 0 : start + shift;
  });
}

function scannedStarts(cells: DvdTitle['cells']): number[] {
  let sum = 0;
  return cells.map(({ duration }) => {
    const start = sum;
    sum += duration;
    return start;
  });
}

function nearest(starts: readonly number[], wanted: number): number {
  const distances = starts.map((start) => Math.abs(start - wanted));
  return distances.indexOf(Math.min(...distances));
}

/** The simple ("OGM") chapter format that mkvmerge reads. */
export function chapterFile(starts: readonly number[]): string {
  return starts
    .map((start, index) => {
      const number = String(index + 1).padStart(2, '0');
      return `CHAPTER${number}=${clock(start)}\nCHAPTER${number}NAME=Chapter ${index + 1}\n`;
    })
    .join('');
}

/** HH:MM:SS.mmm */
function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  return new Date(ms % 86_400_000).toISOString().slice(11, 23);
}
