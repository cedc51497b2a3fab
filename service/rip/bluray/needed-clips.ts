import type { BlurayTitle } from '../../scan/record.ts';

/**
 * The stream files that mkvmerge reads for a title, each once, in playing order: those of the first
 * angle, and text subtitles, which are in files of their own.
 */
export function neededClips({ items, subPaths }: Pick<BlurayTitle, 'items' | 'subPaths'>) {
  const texts = subPaths.filter(({ kind }) => kind === 'text-subtitles');
  return [...new Set([...items.map(({ clip }) => clip), ...texts.flatMap(({ clips }) => clips)])];
}

export function streamPath(clip: string): string {
  return `BDMV/STREAM/${clip}.M2TS`;
}
