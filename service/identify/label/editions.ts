import type { FactPattern } from './fact-patterns.ts';

const EDITION = '(?:edition|version|cut|collection|edicion|édition|ausgabe|fassung)';

/** Where the words may stand: also at the beginning, behind a title, or as the last ones behind a title. */
type Place = 'anywhere' | 'behind' | 'last';

/**
 * Cuts and editions by the words that discs have for them. Most may begin a title of their own: "Extended Family" is a
 * title, "Gladiator Extended" an edition; and many may stand within one.
 */
const editions: readonly (readonly [name: string, place: Place, words: string])[] = [
  ["Director's Cut", 'anywhere', "director ?['’]?s? cut"],
  ['Final Cut', 'behind', '(?:the )?final cut'],
  ['Ultimate Cut', 'behind', 'ultimate cut'],
  ['International Cut', 'behind', 'international (?:cut|version)'],
  ['Theatrical', 'behind', `(?:theatrical|kino) ?${EDITION}`],
  ['Theatrical', 'last', 'theatrical'],
  ['Extended', 'behind', `(?:(?:special )?extended|lang) ?${EDITION}`],
  ['Extended', 'last', 'extended'],
  ['Unrated', 'behind', `unrated(?: ${EDITION})?`],
  ['Uncut', 'last', `uncut(?: ${EDITION})?`],
  ['Redux', 'last', 'redux'],
  ['Special Edition', 'behind', '(?:\\d+ disc )?special edition'],
  ['Ultimate Edition', 'behind', 'ultimate edition'],
  ["Collector's Edition", 'behind', "collector ?['’]?s? edition"],
  ['Limited Edition', 'behind', 'limited edition'],
  ['Deluxe Edition', 'behind', 'deluxe edition'],
  ['Platinum Edition', 'behind', 'platinum edition'],
  ['Diamond Edition', 'behind', 'diamond edition'],
  ['Anniversary Edition', 'behind', '(?:\\d{1,3}(?:th|st|nd|rd) )?anniversary(?: edition)?'],
  ['Remastered', 'behind', '(?:4k |digitally )?remaster(?:ed)?'],
  ['Superbit', 'behind', 'superbit'],
  ['Criterion', 'last', 'criterion(?: collection)?'],
  ['IMAX', 'last', 'imax(?: edition)?'],
  ['3D', 'last', '3d'],
  [
    'Complete Series',
    'behind',
    '(?:the |die )?(?:complete|komplette|entire) (?:series|serie|collection)',
  ],
  ["Director's Cut", 'last', 'dc'],
  ['Special Edition', 'last', 'se'],
  ['Extended', 'last', 'ee'],
  ['Ultimate Edition', 'last', 'ue'],
  ["Collector's Edition", 'last', 'ce'],
];

export const editionPatterns: readonly FactPattern[] = editions.map(([edition, place, words]) => ({
  pattern: patternAt(place, words),
  facts: () => ({ edition }),
}));

/** What was taken out before left a NUL, so that also what stands before a fact is the last. */
function patternAt(place: Place, words: string): RegExp {
  const before = place === 'anywhere' ? '(?<![\\p{L}\\p{N}])' : '(?<=. \\(?)';
  const after = place === 'last' ? '(?=\\)? ?(?:\\u0000|$))' : '(?![\\p{L}\\p{N}])';
  return new RegExp(`${before}(?:${words})${after}`, 'iu');
}
