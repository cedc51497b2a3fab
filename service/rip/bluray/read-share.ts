import type { BlurayTitle } from '../../scan/record.ts';

/**
 * Progress of a title out of the bytes of its clips: a clip of which only a stretch is played, or
 * that is played twice, counts as what the title says of it.
 * @param sizes bytes of the clips on the disc
 * @returns the bytes of the title that a piece of a clip stands for; all pieces of all clips make
 *   the title's size
 */
export function readShare(
  { items }: Pick<BlurayTitle, 'items'>,
  sizes: (clip: string) => number,
): (clip: string, bytes: number) => number {
  const played = new Map<string, number>();
  for (const { clip, bytes } of items) played.set(clip, (played.get(clip) ?? 0) + bytes);
  const read = new Map<string, number>();
  const shareOf = (clip: string) =>
    Math.round(((played.get(clip) ?? 0) * (read.get(clip) ?? 0)) / Math.max(1, sizes(clip)));
  return (clip, bytes) => {
    const before = shareOf(clip);
    read.set(clip, (read.get(clip) ?? 0) + bytes);
    return shareOf(clip) - before;
  };
}
