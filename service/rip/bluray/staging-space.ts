import type { Medium } from '../../scan/medium/medium.ts';
import type { BlurayTitle } from '../../scan/record.ts';
import { MARGIN_BYTES } from '../staging-full.ts';
import { MUXERS } from '../title-pipeline.ts';
import { neededClips, streamPath } from './needed-clips.ts';

type Playing = Pick<BlurayTitle, 'items' | 'subPaths' | 'bytes'>;

/**
 * The most that staging holds at any moment while these titles are ripped in this order: the
 * finished files, the clips that are being read and muxed, and those that a later title needs, too.
 * Clips of a folder stay where they are.
 */
export function stagingPeak(titles: readonly Playing[], medium: Medium): number {
  const sizes = new Map(medium.files.map(({ path, bytes }) => [path, bytes]));
  const sizeOf = (clip: string) =>
    medium.localPath?.(streamPath(clip)) ? 0 : (sizes.get(streamPath(clip)) ?? 0);
  let finished = 0;
  const moments = titles.map((title, index) => {
    finished += title.bytes;
    const later = new Set(titles.slice(index).flatMap(neededClips));
    const staged = new Set(
      titles
        .slice(0, index + 1)
        .flatMap((copy, place) =>
          neededClips(copy).filter((clip) => place >= index - MUXERS || later.has(clip)),
        ),
    );
    return finished + [...staged].reduce((sum, clip) => sum + sizeOf(clip), 0);
  });
  return Math.max(0, ...moments) + MARGIN_BYTES;
}
