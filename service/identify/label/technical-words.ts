import type { LabelFacts } from './facts.ts';

/** A word at the end that tells of the disc's making, and the fact that it is, if any. */
interface TechnicalWord {
  pattern: RegExp;
  fact: (word: string) => Partial<LabelFacts>;
}

const languages: Readonly<Record<string, string>> = {
  eng: 'en',
  english: 'en',
  ger: 'de',
  deu: 'de',
  de: 'de',
  german: 'de',
  deutsch: 'de',
  fra: 'fr',
  fre: 'fr',
  fr: 'fr',
  vf: 'fr',
  french: 'fr',
  francais: 'fr',
  français: 'fr',
  ita: 'it',
  italian: 'it',
  italiano: 'it',
  esp: 'es',
  spa: 'es',
  espanol: 'es',
  español: 'es',
  nld: 'nl',
  nl: 'nl',
  dut: 'nl',
  por: 'pt',
  jpn: 'ja',
  jap: 'ja',
  pol: 'pl',
  swe: 'sv',
  dan: 'da',
  nor: 'no',
  fin: 'fi',
  rus: 'ru',
  cze: 'cs',
  ces: 'cs',
  hun: 'hu',
  kor: 'ko',
};

/**
 * "IT", "ES" and "EN" are words of titles, and "US" and "UK" tell shows apart; they are no languages here. Some codes
 * are words too ("Fin", "Nor"), so they count only where they are written as codes are.
 */
const LANGUAGE = Object.keys(languages).join('|');

const words: readonly TechnicalWord[] = [
  { pattern: /side ?([ab12])/, fact: (word) => ({ side: /[a1]$/.test(word) ? 'A' : 'B' }) },
  {
    pattern: /(?:uhd|4k|ultra ?hd)(?: ?(?:uhd|ultra ?hd|blu-? ?ray|bd|disc))*/,
    fact: () => ({ format: 'uhd' }),
  },
  {
    pattern: /(?:3d )?(?:blu-? ?ray|bd(?:-?rom|-?video)?|brd)(?: disc)?/,
    fact: () => ({ format: 'bluray' }),
  },
  { pattern: /(?:hd ?)?dvd(?: ?(?:video|rom|[59]))?/, fact: () => ({ format: 'dvd' }) },
  {
    pattern: /(?:ws|widescreen|wide screen|16x9|16 9|anamorphic|letterbox)/,
    fact: () => ({ aspect: 'widescreen' }),
  },
  {
    pattern: /(?:fs|fullscreen|full screen|full frame|4x3|4 3)/,
    fact: () => ({ aspect: 'fullscreen' }),
  },
  { pattern: /(?:pal|ntsc)/, fact: (word) => ({ standard: word === 'pal' ? 'PAL' : 'NTSC' }) },
  {
    pattern: /(?:r|rc|z|region|zone) ?([0-6])/,
    fact: (word) => ({ region: `R${word.slice(-1)}` }),
  },
  {
    pattern: new RegExp(`(?:${LANGUAGE})`),
    fact: (word) => ({ language: languages[word] ?? null }),
  },
  {
    pattern: /(?:rental|retail|rnt|main feature|main movie|feature|disc image|iso|img)/,
    fact: () => ({}),
  },
];

const ends = words.map(({ pattern, fact }) => ({
  end: new RegExp(`(?:^| |(?<=\\u0000))\\(?(${pattern.source})\\)?[ \\u0000]*$`, 'i'),
  fact,
}));

/**
 * Takes the technical words off the end, as long as something is left that may be a title.
 * @returns the text without them, and what they said; the last word counts least.
 */
export function takeTechnicalEnd(text: string): { rest: string; facts: Partial<LabelFacts> } {
  let rest = text;
  let facts: Partial<LabelFacts> = {};
  for (;;) {
    const found = ends
      .map(({ end, fact }) => ({ match: end.exec(rest), fact }))
      .find(({ match }) => match && /[\p{L}\p{N}]/u.test(rest.slice(0, match.index)));
    if (!found?.match) return { rest, facts };
    const word = found.match[1]?.toLowerCase() ?? '';
    facts = { ...facts, ...found.fact(word) };
    rest = rest.slice(0, found.match.index);
  }
}
