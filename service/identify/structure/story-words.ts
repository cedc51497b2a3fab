import { type Piece, sizeOf } from './piece.ts';

/** Why a title may be the film of its disc. */
export function standsOut(main: Piece, others: readonly Piece[]): string {
  const biggest = Math.max(0, ...others.map(sizeOf));
  if (biggest === 0)
    return 'there is one title and nothing else of its own, as on a disc of a film';
  const ratio = sizeOf(main) / biggest;
  if (ratio < 1.15) return 'a title is long enough for a film, but another one is as big';
  const much = ratio >= 10 ? 'far' : `${ratio.toFixed(1)} times`;
  const longest = others.every(({ duration }) => duration <= main.duration);
  return longest
    ? `one title is ${much} bigger than any other, as a film is`
    : `the biggest title is ${much} bigger than any other, though not the longest`;
}

/** Why titles may be episodes: how many are alike, and how many more are of an odd length. */
export function alikeInWords(alike: number, odd: number, played: boolean): string {
  if (played) return `one title plays ${alike} others in a row, as on a disc of a series`;
  if (alike === 1) return 'a title is as long as an episode';
  const more = odd > 0 ? `, and ${odd} more as a double or long one is` : '';
  return `${alike} titles are alike in length and size, as episodes are${more}`;
}
