import type { MadeClip } from './clip.ts';
import { toGopStart } from './frame-grid.ts';
import type { CellReference } from './program-chain.ts';
import type { Standard } from './spec.ts';

/** A clip at its place in a title set, with the cells that dvdauthor makes of it. */
export interface PlacedClip {
  readonly clip: MadeClip;
  /** Chapter starts from the start of the clip, in seconds. */
  readonly chapters: readonly number[];
  readonly cells: readonly (CellReference & { readonly key: string })[];
}

/** Every `vob` of dvdauthor is one VOB id, from 1 over the whole title set. */
export function placeClips(
  titles: readonly (readonly MadeClip[])[],
  { titleSet, standard }: { titleSet: number; standard: Standard },
): PlacedClip[][] {
  let vob = 0;
  return titles.map((clips, titleIndex) => {
    let cellsBefore = 0;
    return clips.map((clip) => {
      vob++;
      const chapters = clip.spec.chapters.map((start) => toGopStart(start, standard));
      const count = chapters.length + (chapters[0] === 0 ? 0 : 1);
      const cells = Array.from({ length: count }, (_, i) => ({
        title: titleIndex + 1,
        cell: cellsBefore + i + 1,
        key: `${titleSet}:${vob}.${i + 1}`,
      }));
      cellsBefore += count;
      return { clip, chapters, cells };
    });
  });
}
