import { cleanLabel } from '../scan/label.ts';
import {
  countOf,
  factPatterns,
  type LabelFacts,
  partPattern,
  publisherStart,
  saysNothing,
  technicalEnd,
  volumePattern,
} from './label-patterns.ts';
import { titleCase } from './title-case.ts';

/** What a label or file name says; `title` is null when it names nothing ("DVD_VIDEO", "SEASON_1_DISC_2"). */
export interface ParsedLabel extends LabelFacts {
  title: string | null;
}

/** Stands where a fact was, so that the words around it do not become one title. */
const GAP = '\u0000';

/**
 * Reads a volume label: facts are kept, not thrown away, and words that authors ran together stay together.
 * Never throws; a label is whatever somebody wrote, so the title is one bounded line without control characters.
 */
export function parseLabel(label: string): ParsedLabel {
  const words = wordsOf(label);
  const parsed: ParsedLabel = {
    title: null,
    season: null,
    disc: null,
    part: null,
    volume: null,
    year: null,
    edition: null,
    bonus: false,
  };
  if (names(words)) {
    const rest = takeFacts(words, parsed);
    parsed.title = titleOf(takeNumbers(rest, parsed)) ?? titleOf(bonusAsTitle(words, parsed));
  }
  return parsed;
}

/** One space between words. Dots part words only where nothing else does, so that "Mr. Robot" stays. */
function wordsOf(label: string): string {
  const text = cleanLabel(label)
    .replaceAll(GAP, '')
    .replaceAll(/[_+\\/:*?"<>|]+/g, ' ');
  const spaced = text.includes(' ') ? text : text.replaceAll('.', ' ');
  return spaced
    .replaceAll(/ +/g, ' ')
    .trim()
    .replaceAll(/(?<=\p{L}{2}) (s)(?= |$)(?! \d{1,2} d ?\d)/giu, "'$1");
}

function takeFacts(words: string, parsed: ParsedLabel): string {
  let rest = words;
  for (const { pattern, facts } of factPatterns) {
    const found = pattern.exec(rest);
    const known = found ? facts(found.slice(1)) : {};
    if (!found || !isPlausible(known)) continue;
    Object.assign(parsed, known);
    rest = rest.slice(0, found.index) + GAP + rest.slice(found.index + found[0].length);
    rest = withoutTechnicalEnd(rest);
  }
  return withoutTechnicalEnd(rest);
}

function isPlausible({ disc }: Partial<LabelFacts>): boolean {
  return disc !== 0;
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
  return part?.index === 0 ? rest.replace(part[0], GAP) : rest;
}

/** "EXTRAS_S1_D1" is the series of that name: what has a season is no bonus disc without a title. */
function bonusAsTitle(words: string, parsed: ParsedLabel): string {
  if (!parsed.bonus || parsed.season === null) return '';
  parsed.bonus = false;
  return /^\p{L}+/u.exec(words)?.[0] ?? '';
}

function titleOf(rest: string): string | null {
  const parts = rest.split(GAP).map((part) => trimmed(part).replace(publisherStart, ''));
  const title = parts.find((part) => /[\p{L}\p{N}]/u.test(part) && names(part));
  if (title === undefined) return null;
  return titleCase(title).replace(volumePattern, (_, count) => `Vol. ${countOf(count)}`);
}

function withoutTechnicalEnd(text: string): string {
  const shorter = text.replace(technicalEnd, '').trimEnd();
  return /[\p{L}\p{N}]/u.test(shorter) && shorter !== text ? withoutTechnicalEnd(shorter) : text;
}

/** Without the punctuation that was there for the fact beside it: "Show - " → "Show". */
function trimmed(part: string): string {
  return part.replace(/^[\s\-–,:;.([]+/u, '').replace(/[\s\-–,:;([]+$/u, '');
}

function names(text: string): boolean {
  return !saysNothing.some((pattern) => pattern.test(text));
}
