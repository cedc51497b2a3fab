import type { Possibility } from '../contract/findings.ts';
import type { Part } from '../contract/title.ts';
import { episodeCode } from '../match/episode-code.ts';
import type { Paint } from './paint.ts';
import { printable } from './words.ts';

/** "S01E04 The Lamp 99 %", and what speaks for and against it below. */
export function possibilityInWords(
  { episodes, name, probability, explained }: Possibility,
  { paint, part }: { paint: Paint; part?: Part | null },
): string[] {
  const [first] = episodes;
  const numbers = episodes.map(({ episode }) => episode);
  const code = first && episodeCode(first.season, numbers, part ?? undefined);
  const what = code ? [code, name].filter(Boolean).join(' ') : 'none of these episodes';
  const why = explained.map(({ says }) => paint('gray', `  ${printable(says)}`));
  return [`${printable(what)} ${Math.floor(probability * 100)} %`, ...why];
}
