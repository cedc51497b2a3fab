/** Letters with their marks, digits, and an apostrophe inside a word. */
const word = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu;
/** Accents of Latin, Greek and Cyrillic letters: recognisers lose them, and readers need them less than we think. */
const accents = /[\u0300-\u036f]/g;
const apostrophes = /[’ʼ‘`´]/g;
/** Scripts that put no space between words; there a character is the word and a bigram does the rest. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a text in any script, as they are compared: lower case, without accents and punctuation. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(accents, '')
    .replace(apostrophes, "'")
    .toLowerCase()
    .normalize('NFC');
  const words = plain.match(word) ?? [];
  return words.flatMap((found) => (unspaced.test(found) ? Array.from(found) : [found]));
}
