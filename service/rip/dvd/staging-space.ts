import type { DvdTitle } from '../../scan/record.ts';
import { MARGIN_BYTES } from '../staging-full.ts';
import { MUXERS } from '../title-pipeline.ts';

/**
 * The most that staging holds at any moment while these titles are ripped in this order: the
 * finished files, the copies that are being read and muxed, and those that a later title plays some
 * cells of.
 */
export function stagingPeak(titles: readonly DvdTitle[]): number {
  let finished = 0;
  const moments = titles.map((title, index) => {
    finished += title.bytes;
    const later = new Set(titles.slice(index).flatMap(({ cells }) => cells.map(({ key }) => key)));
    const copies = titles
      .slice(0, index + 1)
      .filter(
        (copy, place) => place >= index - MUXERS || copy.cells.some(({ key }) => later.has(key)),
      );
    return finished + copies.reduce((sum, { bytes }) => sum + bytes, 0);
  });
  return Math.max(0, ...moments) + MARGIN_BYTES;
}
