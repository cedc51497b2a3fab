import type { Lookup } from '../lookup.ts';
import { keysOf } from '../rank/title-keys.ts';
import type { FoundWork, WorkKind } from '../works.ts';

export interface WorkQuery {
  readonly title: string;
  readonly year?: number | null | undefined;
  /** Without it, films and shows. */
  readonly kind?: WorkKind | null | undefined;
}

/** One search at the provider. */
export type SearchOnce = (query: {
  title: string;
  kind: WorkKind;
  year: number | null;
  english: boolean;
}) => Promise<Lookup<FoundWork[]>>;

interface Search {
  readonly once: SearchOnce;
  /** False when the metadata language is English. */
  readonly alsoInEnglish: boolean;
}

/**
 * Every work that a title may mean. The year of a label is not trusted: it only asks a second time for works
 * that the first page left out. Spellings are tried one after the other until one finds something. An answer
 * that is missing makes the whole unavailable: the namesake may have been in it.
 */
export async function searchWorks(
  { title, year = null, kind = null }: WorkQuery,
  { once, alsoInEnglish }: Search,
): Promise<Lookup<FoundWork[]>> {
  const kinds: readonly WorkKind[] = kind ? [kind] : ['movie', 'tv'];
  const languages = alsoInEnglish ? [false, true] : [false];
  for (const spelling of spellingsOf(title)) {
    const asked = kinds.flatMap((one) =>
      languages.flatMap((english) =>
        [null, ...(year === null ? [] : [year])].map((only) =>
          once({ title: spelling, kind: one, year: only, english }),
        ),
      ),
    );
    const answers = await Promise.all(asked);
    const missing = answers.find(({ state }) => state !== 'found' && state !== 'absent');
    if (missing) return missing;
    const works = merge(
      answers.flatMap((answer) => (answer.state === 'found' ? answer.value : [])),
    );
    if (works.length > 0) return { state: 'found', value: works };
  }
  return { state: 'absent' };
}

/** What an answer in English knows better is the English title; the rest is the same. */
function merge(works: readonly FoundWork[]): FoundWork[] {
  const merged = new Map<string, FoundWork>();
  for (const work of works) {
    const key = `${work.kind}-${work.tmdb}`;
    const before = merged.get(key);
    merged.set(key, {
      ...(before ?? work),
      englishTitle: before?.englishTitle ?? work.englishTitle,
    });
  }
  return [...merged.values()];
}

const LEAST_WORDS = 2;

/**
 * The title; with its number written the other way; with umlauts that a label had to spell out (TMDB finds
 * "grüne" by "grune"); and without its last words, which may be an edition.
 */
export function spellingsOf(title: string): string[] {
  const words = title.trim().split(/\s+/);
  const shorter = [1, 2]
    .filter((dropped) => words.length - dropped >= LEAST_WORDS)
    .map((dropped) => words.slice(0, -dropped).join(' '));
  const spellings = [
    title.trim(),
    otherNumeral(title.trim()),
    withoutAmpersand(title),
    withoutDigraphs(title),
    ...shorter,
  ];
  return [...new Set(spellings)].filter((spelling) => keysOf(spelling).length > 0);
}

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

function otherNumeral(title: string): string {
  return title.replaceAll(/(?<=\s)(?:[IVX]+|\d{1,2})(?=$|[\s:-])/g, (numeral) => {
    const arabic = roman.indexOf(numeral) + 1;
    return arabic > 0 ? String(arabic) : (roman[Number(numeral) - 1] ?? numeral);
  });
}

function withoutAmpersand(title: string): string {
  return title.replaceAll(/\s*&\s*/g, ' and ').trim();
}

function withoutDigraphs(title: string): string {
  return title.trim().replaceAll(/(?<=[aou])e/gi, '');
}
