import { languageOfWord } from '../language.ts';

/** What words at the end of a subtitle file's name say of it, and the name without them. */
export interface Tags {
  readonly rest: string;
  readonly language: string | null;
  /** Only what is said in another language than the film's, and signs. */
  readonly forced: boolean;
}

const forcedWords = new Set(['forced', 'foreign', 'signs', 'signs&songs']);
/** Say nothing that matters: for the hard of hearing, whole, first choice, an encoding. */
const otherWords = new Set(
  'sdh cc hi full default dialogue subtitles subs sub utf8 utf-8 clean cleaned retail'.split(' '),
);
/** Another one of the same: "Show - S01E02.en.2.srt". */
const COPY = /^\d$/;
const MOST_TAGS = 6;

/** ".en", ".de.forced", ".pt-BR.sdh", "_English", " (fr)", as media servers and people write them. */
export function takeTags(stem: string): Tags {
  let rest = stem;
  let language: string | null = null;
  let forced = false;
  let hearing = false;
  for (let taken = 0; taken < MOST_TAGS; taken++) {
    const found = lastWord(rest);
    if (found === null) break;
    const { before, word } = found;
    const lower = word.toLowerCase();
    const meant = languageOfWord(word);
    if (forcedWords.has(lower)) forced = true;
    else if (lower === 'hi') hearing = true;
    else if (meant !== null && language === null) language = meant;
    else if (!otherWords.has(lower) && !COPY.test(word)) break;
    rest = before;
  }
  // Alone, "hi" may be Hindi or the hard of hearing: its text tells.
  return {
    rest: language === null && !forced && !hearing ? rest : rest.trimEnd(),
    language,
    forced,
  };
}

function lastWord(stem: string): { before: string; word: string } | null {
  const [, before = '', bracketed, dotted, named] =
    /^(.*?)(?:[ ._-]*[[(]([^[\]()]{1,20})[\])]|[._]([^\s._]{1,20})|[ ._-]+(\p{L}{4,20}))$/u.exec(
      stem,
    ) ?? [];
  const word = bracketed ?? dotted ?? named;
  if (word === undefined || before === '') return null;
  // A title may end in any word; only the name of a language stands behind a space.
  if (named !== undefined && languageOfWord(named) === null) return null;
  return { before, word };
}
