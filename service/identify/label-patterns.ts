/** What a disc says about itself besides its title. */
export interface LabelFacts {
  season: number | null;
  disc: number | null;
  part: number | null;
  volume: number | null;
  year: number | null;
  edition: string | null;
  /** Extras of a film or series, by the label's own word. */
  bonus: boolean;
}

/** A pattern over a label whose words are parted by single spaces. What it matches leaves the title. */
export interface FactPattern {
  pattern: RegExp;
  facts: (groups: (string | undefined)[]) => Partial<LabelFacts>;
}

const numberWords = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const ordinalWords =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

const COUNT = `(\\d{1,2}|${numberWords.join('|')})`;
const ORDINAL = `(\\d{1,2}(?=st|nd|rd|th)|${ordinalWords.join('|')})(?:st|nd|rd|th)?`;
const SEASON = '(?:season|series|staffel|saison|temporada|stagione)';
const COMPLETE = '(?:(?:the|die|la|le) )?(?:(?:complete|komplette|integrale) )?';
const DISC = '(?:discs?|disk|disque|disco|dvd|bd|cd)';

/** "3", "three", "third" or "03" as 3; null for anything else. */
export function countOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  if (/^\d+$/.test(word)) return Number(word);
  const index = Math.max(
    numberWords.indexOf(word.toLowerCase()),
    ordinalWords.indexOf(word.toLowerCase()),
  );
  return index === -1 ? null : index + 1;
}

const editions: readonly (readonly [string, RegExp])[] = [
  ["Director's Cut", /\bdirector ?'?s? cut\b/i],
  ['Extended', /(?<=. )extended(?: (?:edition|cut|version))?\b(?! \p{L})/iu],
  ['Theatrical', /(?<=. )theatrical(?: (?:edition|cut|version))?\b(?! \p{L})/iu],
  ['Unrated', /\bunrated(?: (?:edition|cut|version))?\b/i],
  ['Final Cut', /(?<=. )(?:the )?final cut\b/i],
  ['Special Edition', /\bspecial edition\b/i],
  ['Ultimate Edition', /\bultimate edition\b/i],
  ["Collector's Edition", /\bcollector ?'?s? edition\b/i],
  ['Anniversary Edition', /\b(?:\d{1,2}(?:th|st|nd|rd) )?anniversary edition\b/i],
  ['Remastered', /(?<=. )remastered\b/i],
  ['Criterion', /(?<=. )criterion(?: collection)?\b/i],
];

/** Titles that end in a number which is no year of theirs. */
const yearlikeTitles = 'of|in|since|anno|blues brothers|death race|space|dracula|wonder woman';

/** Tried in this order, each on what the ones before it left. */
export const factPatterns: readonly FactPattern[] = [
  // S1D2, S1 D2, S01 DISC 2, S 1 D 2; a lone "S 1" is rather what is left of an apostrophe (OCEAN_S_11).
  {
    pattern: /\bs ?(\d{1,2}) ?(?:d|dvd|disc|disk|v|vol) ?(\d{1,2})\b/i,
    facts: ([season, disc]) => ({ season: countOf(season), disc: countOf(disc) }),
  },
  // THEOFFICES4D1: nothing but a series ends like this.
  {
    pattern: /(?<=\p{L}{3})s(\d{1,2})d(\d{1,2})$/iu,
    facts: ([season, disc]) => ({ season: countOf(season), disc: countOf(disc) }),
  },
  { pattern: /\bs(\d{1,2})\b/i, facts: ([season]) => ({ season: countOf(season) }) },
  {
    pattern: new RegExp(`\\b${COMPLETE}${ORDINAL} ${SEASON}\\b`, 'i'),
    facts: ([season]) => ({ season: countOf(season) }),
  },
  {
    // The film "Open Season 2" and its successors.
    pattern: new RegExp(`(?<!^open )\\b${COMPLETE}${SEASON} ?${COUNT}(?!\\d)`, 'i'),
    facts: ([season]) => ({ season: countOf(season) }),
  },
  {
    pattern: new RegExp(`\\b${DISC} ?${COUNT} ?(?:of|von|sur|de) ?\\d{1,2}\\b`, 'i'),
    facts: ([disc]) => ({ disc: countOf(disc) }),
  },
  {
    pattern: new RegExp(`\\b${DISC} ?${COUNT}(?!\\d)\\b`, 'i'),
    facts: ([disc]) => ({ disc: countOf(disc) }),
  },
  { pattern: /(?<=. )\bd(\d{1,2})\b/i, facts: ([disc]) => ({ disc: countOf(disc) }) },
  // "(2019)" always, a bare year only behind a title and not as its number ("Class of 1999").
  { pattern: /[([](19\d\d|20[0-4]\d)[)\]]/, facts: ([year]) => ({ year: countOf(year) }) },
  {
    pattern: new RegExp(`(?<=\\S )(?<!\\b(?:${yearlikeTitles}) )(19\\d\\d|20[0-3]\\d)$`, 'i'),
    facts: ([year]) => ({ year: countOf(year) }),
  },
  {
    pattern:
      /\bbonus(?: ?(?:dis[ck]|dvd|features?|materials?))?\b|\b(?:special features|supplements?|extras)$/i,
    facts: () => ({ bonus: true }),
  },
  ...editions.map(([edition, pattern]) => ({ pattern, facts: () => ({ edition }) })),
];

/** A number that titles carry too ("Kill Bill Vol. 2", "Dune: Part Two"), so the words stay where nothing else counts. */
export const volumePattern = new RegExp(`\\bvol(?:ume)?\\.? ?${COUNT}(?!\\d)\\b`, 'i');
export const partPattern = new RegExp(
  `\\b(?:part|pt|teil|partie|parte)\\.? ?${COUNT}(?!\\d)\\b`,
  'i',
);

/** Words at the end that tell of the disc's making, not of what is on it. */
export const technicalEnd =
  /(?:^| )(?:blu-?ray|bd|dvd(?: ?video)?|dvd ?rom|4k|uhd|ws|fs|widescreen|fullscreen|16x9|4x3|pal|ntsc|r[1-6]|rental|main feature|side ?[ab12]|eng|ger|deu|fra|fre|ita|esp|spa|nld)$/i;

/** Who published it, before the title. Names that begin titles of their own are left alone. */
export const publisherStart = /^(?:wb|whv|bvhe|uphe|sphe|fhe|mgm|bbc|itv|hbo|disneys?) (?=\S{3})/i;

/** Labels that authoring programs write when nobody gave one, and catalogue numbers. */
export const saysNothing: readonly RegExp[] = [
  /^(?:my |new )?(?:dvd|cd|bd|disc|disk|disco|disque|volume|video|movie|film|title|image|backup|data)(?: ?(?:video|rom|disc|r|rw|ram|recording|[59]))*$/i,
  /^(?:dvd ?video ?recording|video ?ts|logical ?volume ?id(?:entifier)?|volume ?id|udf ?volume|new ?volume|audio cd)$/i,
  /^(?:untitled|undefined|unknown|unnamed|no ?name|no ?label|none|null|label|new|main|feature|main feature|bdmv|iso|default)\d*$/i,
  /^(?:dvd|video|vr|disc|backup)? ?(?:19|20)\d{2}[- ]?[01]\d[- ]?[0-3]\d(?:[ -]?\d{2,6}){0,3}$/i,
  /^\p{L}{0,5}[- ]?\d{5,}\p{L}{0,3}\d*$/iu,
  /^(?=.*\d)[0-9a-f-]{8,}$/i,
];
