import type { Medium } from './medium/medium.ts';

export type DiscKind = 'dvd' | 'bluray' | 'data' | 'unknown';

/** What the folders on the disc make it: video as DVD or Blu-ray, other known formats, or plain data. */
export function discKindOf({ files }: Pick<Medium, 'files'>): DiscKind {
  const has = (pattern: RegExp) => files.some(({ path }) => pattern.test(path));
  if (has(/^VIDEO_TS\/(VIDEO_TS|VTS_\d\d_0)\.(IFO|BUP)$/)) return 'dvd';
  if (has(/^BDMV\/(INDEX\.BDMV|PLAYLIST\/.+|STREAM\/.+)$/)) return 'bluray';
  return files.length === 0 ? 'data' : 'unknown';
}
