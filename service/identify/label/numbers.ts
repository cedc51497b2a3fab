/** The n-th word of each list means n: as labels of discs write them, in the languages that sell many. */
const cardinals = [
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen',
  'eins zwei drei vier fünf sechs sieben acht neun zehn',
  'un deux trois quatre cinq six sept huit neuf dix',
  'uno dos tres cuatro cinco seis siete ocho nueve diez',
  'uno due tre quattro cinque sei sette otto nove dieci',
  'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv',
];
const ordinals = [
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
  'erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte',
  'premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme',
  'première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième',
  'primera segunda tercera cuarta quinta sexta septima octava novena decima',
  'prima seconda terza quarta quinta sesta settima ottava nona decima',
  'eerste tweede derde vierde vijfde zesde zevende achtste negende tiende',
];

const meanings = new Map(
  [...cardinals, ...ordinals].flatMap((line) =>
    line.split(' ').map((word, index) => [word, index + 1] as const),
  ),
);

/** Longest first, so that "vi" is not read where "viii" stands. */
function alternatives(lines: readonly string[]): string {
  const words = new Set(lines.flatMap((line) => line.split(' ')));
  return [...words].sort((a, b) => b.length - a.length).join('|');
}

/** "3", "03", "three", "drei" or "iii"; one group. */
export const COUNT = `(\\d{1,2}|(?:${alternatives(cardinals)})(?![\\p{L}\\p{N}]))`;
/** "3rd", "third", "dritte" or "3."; one group. */
export const ORDINAL = `(\\d{1,2}(?=st\\b|nd\\b|rd\\b|th\\b|e\\b|\\.)|${alternatives(ordinals)})(?:st|nd|rd|th|e|\\.)?`;

/** "3", "three", "third", "iii" or "03" as 3; null for anything else. */
export function countOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  if (/^\d+$/.test(word)) return Number(word);
  return meanings.get(word.toLowerCase()) ?? null;
}
