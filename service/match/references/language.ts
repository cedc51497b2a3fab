/** Norwegian is written in two ways that films do not tell apart; Filipino is Tagalog; "scc" and "scr" are withdrawn. */
const merged = new Map([
  ['nb', 'no'],
  ['nn', 'no'],
  ['tl', 'fil'],
  ['cmn', 'zh'],
  ['scc', 'sr'],
  ['scr', 'hr'],
]);

/** Codes of people who write subtitles that are none of ISO 639. */
const customary = new Map([
  ['pb', 'pt-BR'],
  ['pob', 'pt-BR'],
  ['ptbr', 'pt-BR'],
  ['br', 'pt-BR'],
  ['chs', 'zh-CN'],
  ['cht', 'zh-TW'],
  ['jp', 'ja'],
  ['gr', 'el'],
  ['cz', 'cs'],
  ['se', 'sv'],
  ['dk', 'da'],
  ['ua', 'uk'],
]);

/** ISO 639-1, as far as subtitles are found in it. */
const spoken =
  'af ar be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ' +
  'lt lv mk ml mn mr ms my ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh';
const known = new Set(spoken.split(' '));

const inEnglish = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
let byName: ReadonlyMap<string, string> | undefined;

/** Whether both are known and the same language, whatever the form of the code or the country: "pt-BR" and "por". */
export function sameLanguage(a: string | null, b: string | null): boolean {
  const language = bareLanguage(a);
  return language !== null && language === bareLanguage(b);
}

/** The shortest code without country: "ger" is "de"; null for "und" and for what is none. */
export function bareLanguage(code: string | null): string | null {
  if (code === null) return null;
  try {
    const [canonical = 'und'] = Intl.getCanonicalLocales(code.replace('_', '-'));
    const language = canonical.split('-')[0] ?? 'und';
    if (language === 'und' || inEnglish.of(language) === undefined) return null;
    return merged.get(language) ?? language;
  } catch {
    return null;
  }
}

/**
 * The language that a word in a file's name means: "en", "eng", "pt-BR", "German", "Deutsch"; null when it means
 * none. Codes in mixed case are words: "It", "Be".
 */
export function languageOfWord(word: string): string | null {
  const lower = word.toLowerCase();
  const named = namesOfLanguages().get(lower);
  if (named !== undefined) return named;
  const [, code = '', country] =
    /^([a-z]{2,3}|[A-Z]{2,3})(?:[-_]([a-z]{2,4}|[A-Z]{2,4}))?$/.exec(word) ?? [];
  if (code === '') return null;
  const custom =
    customary.get(lower) ?? (country === undefined ? customary.get(code.toLowerCase()) : undefined);
  if (custom !== undefined) return custom;
  const bare = bareLanguage(code.toLowerCase());
  if (bare === null || !known.has(bare)) return null;
  return country === undefined ? bare : withCountry(bare, country);
}

/** "English", or the code itself when it has no name. */
export function nameOfLanguage(code: string): string {
  const bare = bareLanguage(code);
  return (bare === null ? undefined : inEnglish.of(bare)) ?? code;
}

function withCountry(language: string, country: string): string {
  try {
    return Intl.getCanonicalLocales(`${language}-${country}`)[0] ?? language;
  } catch {
    return language;
  }
}

/** Every language by its English name and by its own. */
function namesOfLanguages(): ReadonlyMap<string, string> {
  byName ??= new Map(
    [...known].flatMap((code) =>
      ['en', code].flatMap((locale) => {
        const name = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(code);
        return name === undefined ? [] : [[name.toLowerCase(), code] as const];
      }),
    ),
  );
  return byName;
}
