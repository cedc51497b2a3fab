import { otherReadings } from './label/alternatives.ts';
import { factPatterns, partPattern, volumePattern } from './label/fact-patterns.ts';
import { type LabelFacts, noFacts, type ParsedLabel } from './label/facts.ts';
import { countOf } from './label/numbers.ts';
import { publisherStart } from './label/publishers.ts';
import { saysSomething } from './label/says-nothing.ts';
import { takeTechnicalEnd } from './label/technical-words.ts';
import { GAP, wordsOf } from './label/words.ts';
import { titleCase } from './title-case.ts';

export type { LabelFacts, ParsedLabel } from './label/facts.ts';

/** What is read at most of one label. */
const MOST_READINGS = 6;

/**
 * Reads a volume label, the name that a Blu-ray gives itself, or a file name: facts are kept, not thrown away. Never
 * throws; a label is whatever somebody wrote, so the title is one bounded line without control characters.
 */
export function parseLabel(label: string): ParsedLabel {
  return firstReading(label).parsed;
}

/** The same for what a person typed, who means a publisher's name when they write one: "Disney's Hercules". */
export function parseTyped(text: string): ParsedLabel {
  return firstReading(text, { isTyped: true }).parsed;
}

/**
 * Everything that a label may mean, the likeliest first: the "2" behind a name is a sequel, a season or a disc, and a
 * year its year or its title. Whoever can look up which of them exists decides.
 */
export function readingsOf(label: string): [ParsedLabel, ...ParsedLabel[]] {
  const { parsed, others } = firstReading(label);
  const seen = new Set([keyOf(parsed)]);
  const different = [...otherReadings(parsed), ...others].filter(
    (other) => !seen.has(keyOf(other)) && seen.add(keyOf(other)),
  );
  return [parsed, ...different.slice(0, MOST_READINGS - 1)];
}

interface FirstReading {
  parsed: ParsedLabel;
  /** What it may mean that this reading has left out. */
  others: ParsedLabel[];
}

function firstReading(label: string, { isTyped = false } = {}): FirstReading {
  const words = wordsOf(label);
  const parsed: ParsedLabel = { title: null, ...noFacts };
  if (!saysSomething(words)) return { parsed: numberedOnly(words), others: [] };
  const rest = takeNumbers(takeFacts(words, parsed), parsed);
  const whole = partNaming(rest) ?? partNaming(bonusAsTitle(words, parsed));
  if (whole === null) return { parsed, others: namedLikeExtras(words, parsed) };
  const bare = whole.replace(publisherStart, '');
  const isOwn = !isTyped && bare !== whole && saysSomething(bare);
  parsed.title = inTitleCase(isOwn ? bare : whole);
  return { parsed, others: isOwn ? [{ ...parsed, title: inTitleCase(whole) }] : [] };
}

/** "DVD_1" and "VOLUME_3" name nothing, but they number it; DVD-5 and DVD-9 are kinds of blank discs. */
function numberedOnly(words: string): ParsedLabel {
  const parsed: ParsedLabel = { title: null, ...noFacts };
  if (/^dvd[ -]?[59]$/i.test(words)) return parsed;
  takeNumbers(takeFacts(words, parsed), parsed);
  const { disc, volume, part } = parsed;
  return { title: null, ...noFacts, disc, volume, part };
}

function takeFacts(words: string, parsed: ParsedLabel): string {
  let rest = withoutTechnicalEnd(words, parsed);
  for (const { pattern, facts } of factPatterns) {
    const found = pattern.exec(rest);
    const known = found ? facts(found.slice(1)) : {};
    if (!found || !isPlausible(known) || isKnown(known, parsed)) continue;
    Object.assign(parsed, known);
    rest = rest.slice(0, found.index) + GAP + rest.slice(found.index + found[0].length);
    rest = withoutTechnicalEnd(rest, parsed);
  }
  return rest;
}

function isPlausible({ season, lastSeason, disc, discs, episodes }: Partial<LabelFacts>): boolean {
  if (disc === 0 || (disc && discs && disc > discs)) return false;
  if (typeof season === 'number' && typeof lastSeason === 'number' && lastSeason <= season)
    return false;
  return !episodes || episodes[0] <= episodes[1];
}

/** The first word for a season, disc or edition counts; a second one is part of the title. */
function isKnown(known: Partial<LabelFacts>, { season, disc, year, edition }: LabelFacts): boolean {
  return (
    (known.season !== undefined && season !== null) ||
    (known.disc !== undefined && disc !== null) ||
    (known.year !== undefined && year !== null) ||
    (known.edition !== undefined && edition !== null)
  );
}

/** On a disc of a set, volume and part number the set; alone, they belong to the title ("Kill Bill Vol. 2"). */
function takeNumbers(rest: string, parsed: ParsedLabel): string {
  const volume = volumePattern.exec(rest);
  const part = partPattern.exec(rest);
  parsed.volume = countOf(volume?.[1]);
  parsed.part = countOf(part?.[1]);
  if (volume) {
    const ofSet = parsed.season !== null || parsed.disc !== null || volume.index === 0;
    return ofSet ? rest.replace(volume[0], GAP) : rest;
  }
  if (!part) return rest;
  return part.index === 0 || parsed.season !== null ? rest.replace(part[0], GAP) : rest;
}

/** "EXTRAS_S1_D1" is the series of that name: what has a season is no bonus disc without a title. */
function bonusAsTitle(words: string, parsed: ParsedLabel): string {
  if (!parsed.bonus || parsed.season === null) return '';
  parsed.bonus = false;
  return /^\p{L}+/u.exec(words)?.[0] ?? '';
}

/** "EXTRAS" alone may be the series of that name too. */
function namedLikeExtras(words: string, parsed: ParsedLabel): ParsedLabel[] {
  const isOneWord = parsed.bonus && /^\p{L}+$/u.test(words);
  return isOneWord ? [{ ...parsed, title: titleCase(words), bonus: false }] : [];
}

/** The first of the parts between the facts that names something. */
function partNaming(rest: string): string | null {
  const parts = rest.split(GAP).map(trimmed);
  return parts.find((part) => /[\p{L}\p{N}]/u.test(part) && saysSomething(part)) ?? null;
}

function inTitleCase(text: string): string {
  return titleCase(text).replace(volumePattern, (said, count) => {
    const number = countOf(count);
    return number === null ? said : `Vol. ${number}`;
  });
}

function withoutTechnicalEnd(text: string, parsed: ParsedLabel): string {
  const { rest, facts } = takeTechnicalEnd(text);
  Object.assign(parsed, facts);
  return rest;
}

/** Without the punctuation that was there for the fact beside it: "Show - " → "Show". */
function trimmed(part: string): string {
  return part.replace(/^[\s\-–,:;.([]+/u, '').replace(/[\s\-–,:;([]+$/u, '');
}

function keyOf({ title, season, disc, year, side, volume, part }: ParsedLabel): string {
  return JSON.stringify([title?.toLowerCase() ?? null, season, disc, year, side, volume, part]);
}
