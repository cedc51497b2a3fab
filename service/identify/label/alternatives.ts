import type { ParsedLabel } from './facts.ts';
import { countOf } from './numbers.ts';

/** No series has more seasons, and no set more discs, that are written as a bare number. */
const MOST_SEASONS = 30;
const MOST_DISCS = 12;

/** Everything else that a reading may mean, the likeliest first. */
export function otherReadings(parsed: ParsedLabel): ParsedLabel[] {
  return rules.flatMap((rule) => rule(parsed));
}

type Rule = (parsed: ParsedLabel) => ParsedLabel[];

/** "Die Hard 2", "Friends 2": the sequel first, since a season or a disc is rarely written so; then those. */
const trailingNumber: Rule = (parsed) => {
  const [, name, digits] = /^(.*\p{L}.*?) (\d{1,2})$/u.exec(parsed.title ?? '') ?? [];
  if (name === undefined || digits === undefined || parsed.season !== null) return [];
  if ((parsed.volume ?? parsed.part) !== null) return [];
  const number = Number(digits);
  const readings: ParsedLabel[] = [];
  if (number >= 1 && number <= MOST_SEASONS)
    readings.push({ ...parsed, title: name, season: number });
  if (number >= 1 && number <= MOST_DISCS && parsed.disc === null)
    readings.push({ ...parsed, title: name, disc: number });
  // Whoever files the first part of a series under its number means the one without.
  if (number === 1) readings.unshift({ ...parsed, title: name });
  return readings;
};

/** "Dune 2021": the year is its own, unless it is the title's, as in "Wonder Woman 1984". */
const yearInTitle: Rule = (parsed) => {
  const { title, year } = parsed;
  if (title !== null && year !== null)
    return [{ ...parsed, title: `${title} ${year}`, year: null }];
  const [, name, number] = /^(.*\p{L}.*?) (19\d\d|20[0-3]\d)$/u.exec(title ?? '') ?? [];
  return name === undefined ? [] : [{ ...parsed, title: name, year: countOf(number) }];
};

/** "Show Season 2": a series, or a title that ends so. */
const seasonInTitle: Rule = (parsed) => {
  const { title, season, disc, lastSeason } = parsed;
  if (title === null || season === null || disc !== null || lastSeason !== null) return [];
  return [{ ...parsed, title: `${title} ${season}`, season: null }];
};

/** "Kill Bill Vol. 2" is a title; "Tom and Jerry Vol. 2" a set of which this is the second. */
const numberOfSet: Rule = (parsed) => {
  const [, name] =
    /^(.*\p{L}.*?)[ ,-]+(?:vol\.?|volume|part|pt|teil|partie|parte) ?\p{L}*\d*$/iu.exec(
      parsed.title ?? '',
    ) ?? [];
  return name === undefined || (parsed.volume ?? parsed.part) === null
    ? []
    : [{ ...parsed, title: name }];
};

/** A lone letter at the end may be the side of a disc that has two. */
const sideInTitle: Rule = (parsed) => {
  const [, name, letter] = /^(.*\p{L}{2}.*?) ([ab])$/iu.exec(parsed.title ?? '') ?? [];
  return name === undefined || parsed.side !== null
    ? []
    : [{ ...parsed, title: name, side: letter?.toLowerCase() === 'a' ? 'A' : 'B' }];
};

const rules: readonly Rule[] = [
  trailingNumber,
  yearInTitle,
  numberOfSet,
  sideInTitle,
  seasonInTitle,
];
