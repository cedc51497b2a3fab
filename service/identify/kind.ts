import type { IdentityKind } from '../contract/identity.ts';
import type { DiscWorks, Work } from './works.ts';

/** One reading of the disc's structure. */
export interface KindGuess {
  kind: IdentityKind;
  probability: number;
  says: string;
}

/** Episodes of a series are alike within these factors; bytes vary more than length. */
const ALIKE_DURATION = 1.3;
const ALIKE_BYTES = 1.7;
/** Beside a double-length pilot the episodes are half as long; beside a film its extras are far smaller. */
const SAME_SERIES = 1.6;
const OTHER_CONTENT = 2.6;
/** A film is at least this much bigger than anything else on its disc. */
const DOMINANT = 2;

/**
 * What kind of disc this is, most probable first, from relations and proportions alone:
 * no length in minutes decides, because a short film is a film and a long episode an episode.
 */
export function kindsOf(disc: DiscWorks): KindGuess[] {
  const episodes = episodeWorks(disc);
  const works = disc.works.toSorted((a, b) => b.bytes - a.bytes);
  if (episodes.length >= 3 || isPlayAll(disc, episodes)) {
    const rest = works.find((work) => !episodes.includes(work));
    const ratio = (rest?.bytes ?? 0) / medianBytes(episodes);
    if (ratio <= SAME_SERIES) return series(disc, episodes);
    if (ratio <= OTHER_CONTENT) return seriesOrFilm(episodes);
  }
  return filmOrUnknown(works, episodes);
}

/** The works that would be the episodes if this is a series: a play-all's members, else the largest set of alike ones. */
export function episodeWorks({ works, playAlls }: DiscWorks): Work[] {
  const alike = largest(works.map((seed) => works.filter((work) => areAlike(seed, work))));
  const joined = largest(
    playAlls.map(({ members }) =>
      works.filter((work) => work.titles.some(({ number }) => members.includes(number))),
    ),
  );
  return joined.length >= 2 && totalBytes(joined) * 2 >= totalBytes(alike) ? joined : alike;
}

function isPlayAll({ playAlls }: DiscWorks, episodes: readonly Work[]): boolean {
  return playAlls.some(
    ({ members }) =>
      episodes.length >= 2 &&
      episodes.every((work) => work.titles.some(({ number }) => members.includes(number))),
  );
}

function series(disc: DiscWorks, episodes: readonly Work[]): KindGuess[] {
  const count = episodes.length;
  if (isPlayAll(disc, episodes))
    return [
      guess('tv', 0.95, `one title plays ${count} others in a row, as on a disc of a series`),
    ];
  return [guess('tv', 0.9, `${count} titles are alike in length and size, as episodes are`)];
}

function seriesOrFilm(episodes: readonly Work[]): KindGuess[] {
  const alike = `${episodes.length} titles are alike, but one is about twice as big`;
  return [
    guess('tv', 0.6, `${alike}: episodes and a double one`),
    guess('movie', 0.35, `${alike}: a film and its extras`),
  ];
}

function filmOrUnknown(works: readonly Work[], alike: readonly Work[]): KindGuess[] {
  const [biggest, second] = works;
  if (!biggest) return [guess('unknown', 0.1, 'the disc has no title worth the name')];
  if (!second) return [guess('movie', 0.85, 'there is a single title, as on a disc of a film')];
  const ratio = biggest.bytes / Math.max(1, second.bytes);
  if (ratio >= DOMINANT) return film(biggest, works, ratio);
  if (alike.length === 2 && alike.includes(biggest)) return pair(alike, works);
  const ranked = [
    guess('extras', 0.35, 'no title stands out and no three are alike, as on a disc of extras'),
    guess('movie', 0.3, 'the biggest title may be the film'),
    guess('tv', 0.25, 'the titles may be episodes of different length'),
  ];
  return [guess('unknown', 0.4, 'neither one title stands out nor are three alike'), ...ranked];
}

function film(main: Work, works: readonly Work[], ratio: number): KindGuess[] {
  const share = ratio >= 10 ? 'far' : `${ratio.toFixed(1)} times`;
  const longest = works.every(({ duration }) => duration <= main.duration);
  if (longest)
    return [guess('movie', 0.9, `one title is ${share} bigger than any other, as a film is`)];
  const says = `the biggest title is ${share} bigger than any other, though not the longest`;
  return [guess('movie', 0.75, says), guess('unknown', 0.2, says)];
}

/** Two alike titles and nothing near them: two episodes, two films, or two cuts told apart by their authoring. */
function pair(alike: readonly Work[], works: readonly Work[]): KindGuess[] {
  const third = works.find((work) => !alike.includes(work));
  const apart = !third || third.bytes * SAME_SERIES <= medianBytes(alike);
  const says = 'two titles are alike and bigger than the rest';
  return [
    guess('tv', apart ? 0.6 : 0.5, `${says}: two episodes`),
    guess('movie', 0.3, `${says}: two versions of a film`),
  ];
}

function areAlike(a: Work, b: Work): boolean {
  return within(a.duration, b.duration, ALIKE_DURATION) && within(a.bytes, b.bytes, ALIKE_BYTES);
}

function within(a: number, b: number, factor: number): boolean {
  return Math.max(a, b) <= factor * Math.min(a, b);
}

function largest(groups: readonly Work[][]): Work[] {
  return groups.reduce((best, group) => (totalBytes(group) > totalBytes(best) ? group : best), []);
}

function totalBytes(works: readonly Work[]): number {
  return works.reduce((sum, { bytes }) => sum + bytes, 0);
}

function medianBytes(works: readonly Work[]): number {
  const sizes = works.map(({ bytes }) => bytes).toSorted((a, b) => a - b);
  return Math.max(1, sizes[Math.floor(sizes.length / 2)] ?? 1);
}

function guess(kind: IdentityKind, probability: number, says: string): KindGuess {
  return { kind, probability, says };
}
