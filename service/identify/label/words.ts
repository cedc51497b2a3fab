import { cleanLabel } from '../../scan/label.ts';

/** Stands where a fact was, so that the words around it do not become one title. */
export const GAP = '\u0000';

/** Marks of the trade, and what separates words. */
const MARKS = /[™®©℠]|\((?:tm|r|c)\)/giu;
const SEPARATORS = /[_+\\/:*?"<>|;]+/g;
/** "FRIENDS2", "27DRESSES": a number that hangs on a word is a word of its own; "MI3" and "3RD" are one. */
const LEADING = /^(\d{1,3})(\p{L}{4,})(?=$| )/u;
const HANGING = /(?<=^|[^\p{L}\p{N}])(\p{L}{3,})(\d{1,2})$/u;

/**
 * One space between words. Dots part words only where nothing else does, so that "Mr. Robot" stays; an "s" alone is
 * what an apostrophe left ("OCEAN_S_11").
 */
export function wordsOf(label: string): string {
  const text = cleanLabel(label)
    .replaceAll(GAP, '')
    .replaceAll(MARKS, '')
    .replaceAll(SEPARATORS, ' ');
  const spaced = text.trim().includes(' ') ? text : text.replaceAll('.', ' ');
  return spaced
    .replaceAll(/ +/g, ' ')
    .trim()
    .replaceAll(/(?<=\p{L}{2}) (s)(?= |$)(?! \d{1,2} d ?\d)/giu, "'$1")
    .replace(LEADING, '$1 $2')
    .replace(HANGING, (whole, word: string, number: string) =>
      isWordOfFact(word) ? whole : `${word} ${number}`,
    );
}

/** "DISC1", "VOL2", "SEASON3" are read as they are. */
function isWordOfFact(word: string): boolean {
  return /(?:dis[ck]|dvd|season|staffel|saison|series|vol|volume|part|teil|bd|cd|untitled)$/i.test(
    word,
  );
}
