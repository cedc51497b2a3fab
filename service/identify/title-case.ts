const smallWords = new Set(
  'a an and as at but by for from in nor of on or the to vs with'.split(' '),
);

/** Words that stay in capitals; everything else of a label is cased like a title. */
const capitals = new Set(
  'bbc cia csi dc er fbi hbo jfk nasa ncis nypd nyc swat tng tv uk ufo us usa wwe wwii'.split(' '),
);

const ordinal = /^\d+(?:st|nd|rd|th)$/;
const romanNumeral = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi{0,3}|xix|xx)$/;

/** "THE_LORD of the rings II" in one case → "The Lord of the Rings II"; mixed case is somebody's choice and stays. */
export function titleCase(text: string): string {
  if (text !== text.toUpperCase() && text !== text.toLowerCase()) return text;
  const words = text.toLowerCase().split(' ');
  return words
    .map((word, index) => {
      if (capitals.has(word) || romanNumeral.test(word)) return word.toUpperCase();
      if (ordinal.test(word)) return word;
      const inner = index > 0 && index < words.length - 1;
      return inner && smallWords.has(word) ? word : capitalize(word);
    })
    .join(' ');
}

/** The first letter, and the one after each hyphen: "spider-man" → "Spider-Man". */
function capitalize(word: string): string {
  return word.replace(/(^|-)(\P{L}*)(\p{L})/gu, (_, edge, marks, letter: string) => {
    return `${edge}${marks}${marks === '' || edge === '' ? letter.toUpperCase() : letter}`;
  });
}
