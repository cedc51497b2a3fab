/** A title without what labels lose; `weight` says how much of it was given up, 1 = nothing. */
export interface TitleKey {
  readonly key: string;
  readonly weight: number;
}

const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
/** How people write these on a keyboard without them. */
const spelledOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

const englishArticles = new Set(['the', 'a', 'an']);
const foreignArticles = new Set(
  'der die das ein eine le la les l un une el los las una il lo gli uno o os as um uma de het een den det ett'.split(
    ' ',
  ),
);
const conjunctions = new Set(['and', 'und', 'et', 'y', 'och', 'og']);
/** What "&" may be read as; in a label whose words run together it cannot be left out. */
const ampersandWords = ['and', 'und', 'et'];

const roman = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ');
const inWords =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

interface Step {
  readonly words: readonly string[];
  readonly weight: number;
}

/**
 * The forms in which two spellings of one title meet: without case, accents, punctuation and spaces; with and
 * without articles and "and"; numbers as they stand and in digits. The first is the most literal. Empty for a
 * title without letters and digits.
 */
export function keysOf(title: string): TitleKey[] {
  const folds = /[äöüøå]/iu.test(title.normalize('NFC')) ? [plain, expanded] : [plain];
  const steps = folds
    .map((fold) => ({ words: wordsOf(title, fold), weight: 1 }))
    .flatMap(conjunctionForms)
    .flatMap(articleForms)
    .flatMap(numeralForms);
  const best = new Map<string, number>();
  for (const { words, weight } of steps) {
    const key = words.join('');
    if (key !== '') best.set(key, Math.max(best.get(key) ?? 0, weight));
  }
  return [...best].map(([key, weight]) => ({ key, weight }));
}

/** The numbers in a title, in digits: what tells a film from its sequels. */
export function numbersOf(title: string): string[] {
  return wordsOf(title, plain)
    .flatMap((word, index) => (index > 0 ? inDigits(word) : word).match(/\d+/g) ?? [])
    .map((digits) => String(Number(digits)));
}

/** The title's words as they are compared. */
export function wordsOf(title: string, fold = plain): string[] {
  const folded = fold(title.toLowerCase().normalize('NFC'))
    .replaceAll(/['’`´]/g, '')
    .replaceAll('&', ' & ');
  return folded.match(/[\p{L}\p{N}]+|&/gu) ?? [];
}

function plain(text: string): string {
  return text
    .replaceAll(/[ßæœøđðłþı]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '');
}

function expanded(text: string): string {
  return plain(text.replaceAll(/[äöüøå]/g, (letter) => spelledOut[letter] ?? letter));
}

function conjunctionForms({ words, weight }: Step): Step[] {
  const without = words.filter((word) => word !== '&' && !conjunctions.has(word));
  const read = words.includes('&') ? ampersandWords : [''];
  return [
    ...read.map((reading) => ({
      words: words.map((word) => (word === '&' ? reading : word)),
      weight,
    })),
    ...(without.length === 0 ? [] : [{ words: without, weight: weight * 0.97 }]),
  ];
}

/** An article at the start, or put behind a comma at the end, and "the" anywhere. */
function articleForms({ words, weight }: Step): Step[] {
  const forms: Step[] = [{ words, weight }];
  const withoutAny = words.filter((word) => word !== 'the');
  const bare = withoutEnds(withoutAny, englishArticles);
  if (bare.length > 0) forms.push({ words: bare, weight: weight * 0.97 });
  const foreign = withoutEnds(words, foreignArticles);
  if (foreign.length > 0) forms.push({ words: foreign, weight: weight * 0.5 });
  return forms;
}

function withoutEnds(words: readonly string[], articles: ReadonlySet<string>): readonly string[] {
  if (words.length > 1 && articles.has(words[0] ?? '')) return words.slice(1);
  return words.length > 1 && articles.has(words.at(-1) ?? '') ? words.slice(0, -1) : words;
}

function numeralForms({ words, weight }: Step): Step[] {
  const digits = words.map((word, index) => (index > 0 ? inDigits(word) : word));
  return [
    { words, weight },
    { words: digits, weight: weight * 0.98 },
  ];
}

/** "ii" and "two" → "2". A lone "i" is more often a word or a name than a number. */
function inDigits(word: string): string {
  const value = (word === 'i' ? 0 : roman.indexOf(word) + 1) || inWords.indexOf(word) + 1;
  return value > 0 ? String(value) : word;
}
