import { distance } from 'fastest-levenshtein';
import { titleKey } from '../../identify/title-key.ts';
import type { NamedShow } from './names/reference-name.ts';
import type { ReferenceQuery } from './reference.ts';

type AskedShow = Pick<ReferenceQuery, 'show' | 'year' | 'tmdb' | 'otherTitles'>;

/** Of two names so alike, one is the other with an error. */
const ALIKE = 0.8;

/** Whether a folder is that of the show: by TMDB number where both have one, else by title and year. */
export function isShow(named: NamedShow, asked: AskedShow): boolean {
  if (named.tmdb !== null && asked.tmdb !== null) return named.tmdb === asked.tmdb;
  if (named.year !== null && asked.year !== null && Math.abs(named.year - asked.year) > 1)
    return false;
  const key = titleKey(named.title);
  return key !== '' && titlesOf(asked).some((title) => titleKey(title) === key);
}

/**
 * Whether a file in the folder of the show may well be of it: files bear short forms, initials and errors, which
 * the folder makes good. What bears no likeness is of another show.
 */
export function mayBeShow(named: NamedShow, asked: AskedShow): boolean {
  if (isShow(named, asked)) return true;
  if (named.tmdb !== null && asked.tmdb !== null) return false;
  const key = titleKey(named.title);
  return titlesOf(asked).some((title) => {
    const other = titleKey(title);
    if (key === '' || other === '') return true;
    if (key.includes(other) || other.includes(key) || key === initialsOf(title)) return true;
    return 1 - distance(key, other) / Math.max(key.length, other.length) >= ALIKE;
  });
}

function titlesOf({ show, otherTitles = [] }: AskedShow): readonly string[] {
  return [show, ...otherTitles];
}

function initialsOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.slice(0, 1)).join('');
}
