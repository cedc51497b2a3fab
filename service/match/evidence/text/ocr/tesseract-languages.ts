import { bareLanguage } from '../../../references/language.ts';

/** Tesseract names its languages by ISO 639-2/T; only the scripts of Chinese have names of their own. */
const packs: Readonly<Record<string, string>> = {
  ar: 'ara',
  bg: 'bul',
  ca: 'cat',
  cs: 'ces',
  da: 'dan',
  de: 'deu',
  el: 'ell',
  en: 'eng',
  es: 'spa',
  et: 'est',
  fi: 'fin',
  fr: 'fra',
  he: 'heb',
  hi: 'hin',
  hr: 'hrv',
  hu: 'hun',
  id: 'ind',
  is: 'isl',
  it: 'ita',
  ja: 'jpn',
  ko: 'kor',
  lt: 'lit',
  lv: 'lav',
  nl: 'nld',
  no: 'nor',
  pl: 'pol',
  pt: 'por',
  ro: 'ron',
  ru: 'rus',
  sk: 'slk',
  sl: 'slv',
  sr: 'srp',
  sv: 'swe',
  th: 'tha',
  tr: 'tur',
  uk: 'ukr',
  vi: 'vie',
  zh: 'chi_sim',
};
/** Written in Latin letters, so that the English pack reads most of it: accents are not compared anyway. */
const latin = 'ca cs da de en es et fi fr hr hu id is it lt lv nl no pl pt ro sk sl sv tr'.split(
  ' ',
);
const ENGLISH = 'eng';

/**
 * The pack to read a language with, among those that are installed: its own, or English for Latin letters. Null when
 * it would not be read. A language that the disc does not say is tried as English.
 */
export function packFor(language: string | null, installed: readonly string[]): string | null {
  const bare = bareLanguage(language) ?? 'en';
  const own = packs[bare];
  if (own !== undefined && installed.includes(own)) return own;
  return latin.includes(bare) && installed.includes(ENGLISH) ? ENGLISH : null;
}
