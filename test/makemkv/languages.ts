/** ISO 639-2/B codes, which the program writes, by ISO 639-1. */
const bibliographic: Readonly<Record<string, string>> = {
  ar: 'ara',
  cs: 'cze',
  da: 'dan',
  de: 'ger',
  el: 'gre',
  en: 'eng',
  es: 'spa',
  fi: 'fin',
  fr: 'fre',
  he: 'heb',
  hu: 'hun',
  it: 'ita',
  ja: 'jpn',
  ko: 'kor',
  nl: 'dut',
  no: 'nor',
  pl: 'pol',
  pt: 'por',
  ru: 'rus',
  sv: 'swe',
  tr: 'tur',
  zh: 'chi',
};

const names = new Intl.DisplayNames('en', { type: 'language' });

/** Null for a track that has no language. */
export function languageOf(code: string): { code: string; name: string } | null {
  if (code === 'und') return null;
  return { code: bibliographic[code] ?? code, name: names.of(code) ?? code };
}
