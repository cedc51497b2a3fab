import { editionPatterns } from './editions.ts';
import type { LabelFacts } from './facts.ts';
import { COUNT, countOf, ORDINAL } from './numbers.ts';

/** A pattern over a label whose words are parted by single spaces. What it matches leaves the title. */
export interface FactPattern {
  pattern: RegExp;
  facts: (groups: (string | undefined)[]) => Partial<LabelFacts>;
}

const SEASON =
  '(?:seasons?|series|staffeln?|saisons?|temporadas?|stagion[ei]|seizoen|säsong|sæson|sesong|sezon|kausi)';
const COMPLETE =
  "(?:(?:the|die|la|le|el|il|l[’']?) ?)?(?:(?:complete|komplette|integrale|intégrale|completa) )?";
const DISC = '(?:discs?|disk|disque|disco|dis[ck]\\.|scheibe|dvd|bd|blu-? ?ray|cd)';
const OF = '(?:of|von|sur|de|di|van)';
const TO = '(?: ?(?:-|–|to|bis|and|&|through|thru|a|à|al) ?| )';

/** Titles that end in a number which is no year of theirs. */
const yearlikeTitles =
  'of|in|since|anno|year|blues brothers|death race|space|dracula|wonder woman|blade runner|class|summer|cherry';

/** "The 400 blows", "Open Season", "Four Seasons": what stands before is no name of a series. */
const NO_SERIES = '(?<!^(?:the )?(?:open|hunting|wedding|mating|holiday|silly|rainy|dry|killing) )';

function pattern(source: string): RegExp {
  return new RegExp(source, 'iu');
}

const WORD_START = '(?<![\\p{L}\\p{N}])';
const NUMBER_END = '(?![\\p{L}\\p{N}])';

/** Tried in this order, each on what the ones before it left. */
export const factPatterns: readonly FactPattern[] = [
  // S01-S03, S1 S2
  {
    pattern: pattern(`${WORD_START}s(\\d{1,2})(?: ?-? ?)s(\\d{1,2})${NUMBER_END}`),
    facts: ([season, last]) => ({ season: countOf(season), lastSeason: countOf(last) }),
  },
  // S1D2, S1 D2, S01 DISC 2, S 1 D 2; a lone "S 1" is rather what is left of an apostrophe (OCEAN_S_11).
  {
    pattern: pattern(
      `${WORD_START}s ?(\\d{1,2}) ?(?:d|dvd|disc|disk|bd|v|vol) ?(\\d{1,2})${NUMBER_END}`,
    ),
    facts: ([season, disc]) => ({ season: countOf(season), disc: countOf(disc) }),
  },
  // THEOFFICES4D1: nothing but a series ends like this.
  {
    pattern: /(?<=\p{L}{3})s(\d{1,2})(?:d|dvd|disc)(\d{1,2})$/iu,
    facts: ([season, disc]) => ({ season: countOf(season), disc: countOf(disc) }),
  },
  {
    pattern: pattern(`${WORD_START}s(\\d{1,2}) ?e(\\d{1,2}) ?-? ?e(\\d{1,2})${NUMBER_END}`),
    facts: ([season, first, last]) => ({
      season: countOf(season),
      episodes: [Number(first), Number(last)],
    }),
  },
  {
    pattern: pattern(`${WORD_START}s(\\d{1,2})${NUMBER_END}`),
    facts: ([season]) => ({ season: countOf(season) }),
  },
  {
    pattern: pattern(`${WORD_START}${COMPLETE}${ORDINAL} ${SEASON}${NUMBER_END}`),
    facts: ([season]) => ({ season: countOf(season) }),
  },
  // Seasons 1-3, Staffel 1 bis 4, Seasons 1 3
  {
    pattern: pattern(
      `${WORD_START}${COMPLETE}(?:${SEASON} ?(\\d{1,2})(?: ?- ?|${TO.replace('| )', ')')})|(?:seasons|staffeln|saisons|temporadas|stagioni) (\\d{1,2}) )(\\d{1,2})${NUMBER_END}`,
    ),
    facts: ([first, other, last]) => ({
      season: countOf(first ?? other),
      lastSeason: countOf(last),
    }),
  },
  {
    pattern: pattern(`${NO_SERIES}${WORD_START}${COMPLETE}${SEASON} ?${COUNT}(?!\\d)`),
    facts: ([season]) => ({ season: countOf(season) }),
  },
  // FRIENDSSEASON1DISC2, LOSTSEASON2
  {
    pattern: /(?<=\p{L}{3})(?:season|staffel|saison|series)(\d{1,2})(?!\d)/iu,
    facts: ([season]) => ({ season: countOf(season) }),
  },
  // Disc 1 of 3, D1OF2, Disc One of Two
  {
    pattern: pattern(
      `(?:${WORD_START}|(?<=\\p{N}))(?:${DISC}|d) ?${COUNT} ?(?:${OF}|\\/) ?${COUNT}(?!\\d)`,
    ),
    facts: ([disc, discs]) => ({ disc: countOf(disc), discs: countOf(discs) }),
  },
  {
    pattern: pattern(`(?<=. )${COUNT} ?${OF} ?(\\d{1,2})$`),
    facts: ([disc, discs]) => ({ disc: countOf(disc), discs: countOf(discs) }),
  },
  {
    pattern: pattern(`(?:${WORD_START}|(?<=\\p{N}))${DISC} ?(?:#|no?\\.? )?${COUNT}(?!\\d)`),
    facts: ([disc]) => ({ disc: countOf(disc) }),
  },
  // AVATARDISC2, GLADIATORDVD1
  {
    pattern: /(?<=\p{L}{3})(?:disc|disk|dvd)(\d{1,2})$/iu,
    facts: ([disc]) => ({ disc: countOf(disc) }),
  },
  {
    pattern: /(?<=. )dis[ck] ([ab])$/i,
    facts: ([letter]) => ({ disc: letter?.toLowerCase() === 'b' ? 2 : 1 }),
  },
  {
    pattern: pattern(`(?<=. )${WORD_START}d(\\d{1,2})${NUMBER_END}`),
    facts: ([disc]) => ({ disc: countOf(disc) }),
  },
  // "Episodes 5-8", "EPS 1 4", "E01-E04"; a single "Episode 1" belongs to the title.
  {
    pattern: pattern(
      `${WORD_START}(?:episodes|eps|folgen|ep)\\.? ?(\\d{1,3})${TO}(\\d{1,3})${NUMBER_END}`,
    ),
    facts: ([first, last]) => ({ episodes: [Number(first), Number(last)] }),
  },
  {
    pattern: pattern(`${WORD_START}e(\\d{1,2}) ?-? ?e(\\d{1,2})${NUMBER_END}`),
    facts: ([first, last]) => ({ episodes: [Number(first), Number(last)] }),
  },
  // "(2019)" always, a bare year only behind a title and not as its number ("Class of 1999").
  { pattern: /[([](19\d\d|20[0-4]\d)[)\]]/, facts: ([year]) => ({ year: countOf(year) }) },
  {
    pattern: pattern(
      `(?<=[^ \\u0000] )(?<!(?:^|[^\\p{L}])(?:${yearlikeTitles}) )(19\\d\\d|20[0-3]\\d)(?=$| ?\\u0000)`,
    ),
    facts: ([year]) => ({ year: countOf(year) }),
  },
  {
    pattern:
      /\bbonus(?: ?(?:dis[ck]|dvd|blu-? ?ray|features?|materials?))?\b|\b(?:special features|supplements?|supplementary|bonusmaterial|extras)(?: ?(?:dis[ck]|dvd))?$/i,
    facts: () => ({ bonus: true }),
  },
  ...editionPatterns,
];

/** A number that titles carry too ("Kill Bill Vol. 2", "Dune: Part Two"), so the words stay where nothing else counts. */
export const volumePattern = pattern(`${WORD_START}(?:vol(?:ume|umen)?|band)\\.? ?${COUNT}(?!\\d)`);
export const partPattern = pattern(
  `${WORD_START}(?:part|pt|teil|partie|parte|deel)\\.? ?${COUNT}(?!\\d)`,
);
