import { analyseDisc, type DiscAnalysis } from '../../../service/identify/structure/analysis.ts';
import { type DiscKind, factsOfList, type KnownDisc, type KnownTitle } from './known-disc.ts';

/** A title as an outside judge can find it again. */
export interface Named {
  index: number | null;
  source: string;
}

/** What the bench prints of a disc. */
export interface DiscLine {
  id: string;
  kind: string;
  probability: number;
  asked: boolean;
  candidates: { kind: string; probability: number }[];
  main: Named[];
  cuts: Named[];
  playAll: Named[];
  episodes: Named[];
  duplicates: Named[];
  decoys: Named[];
}

/** Found, missed and wrongly named titles. */
export interface Tally {
  found: number;
  missed: number;
  false: number;
}

export interface Verdict {
  line: DiscLine;
  truth: DiscKind;
  complete: boolean;
  /** 1: the right kind is ranked first; null: it is not ranked at all. */
  rank: number | null;
  playAlls: Tally;
  episodes: Tally;
  duplicates: Tally;
  /** Null on discs without a labelled film. */
  mainRight: boolean | null;
  /** Null where no order that the disc offers is right, or fewer than two episodes are labelled. */
  orderRight: boolean | null;
  /** From the list of titles to the roles: relations, stories, kinds. */
  ms: number;
}

/** Milliseconds of one run are at the mercy of what else runs; the middle of some is what a disc takes. */
const RUNS = 5;

export function judge(disc: KnownDisc): Verdict {
  const times: number[] = [];
  let analysis = analyseDisc(factsOfList(disc.listed));
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    analysis = analyseDisc(factsOfList(disc.listed));
    times.push(performance.now() - start);
  }
  const roleOf = rolesByTitle(disc, analysis);
  const having = (...roles: string[]) =>
    disc.titles.filter((title) => roles.includes(roleOf(title)));
  const isRepeated = ({ facts: { relation } }: KnownTitle) => relation?.kind === 'duplicate';
  const ordered = analysis.episodes.flatMap(
    (number) => disc.titles.find((title) => title.facts.number === number) ?? [],
  );
  const [first] = analysis.kinds;
  const rank = analysis.kinds.findIndex(({ kind }) => kind === disc.kind) + 1;
  return {
    line: {
      id: disc.id,
      kind: first?.kind ?? 'unknown',
      probability: round(first?.probability ?? 0),
      asked: analysis.asks,
      candidates: analysis.kinds.map(({ kind, probability }) => ({
        kind,
        probability: round(probability),
      })),
      main: having('main').map(named),
      cuts: having('cut').map(named),
      playAll: having('play-all').map(named),
      episodes: ordered.map(named),
      duplicates: disc.titles.filter(isRepeated).map(named),
      decoys: having('decoy').map(named),
    },
    truth: disc.kind,
    complete: disc.complete,
    rank: rank === 0 ? null : rank,
    playAlls: tally(
      disc.titles,
      ({ playAll }) => playAll,
      (title) => roleOf(title) === 'play-all',
    ),
    episodes:
      disc.kind === 'tv'
        ? tally(disc.titles, isEpisode, (title) => ['episode', 'cut'].includes(roleOf(title)))
        : { found: 0, missed: 0, false: 0 },
    duplicates: tally(disc.titles, ({ duplicateOf }) => duplicateOf !== null, isRepeated),
    mainRight: mainRight(disc, roleOf),
    orderRight: orderRight(disc, ordered),
    ms: times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0,
  };
}

function rolesByTitle({ titles }: KnownDisc, analysis: DiscAnalysis) {
  const roles = new Map(analysis.titles.map(({ number, role }) => [number, role]));
  const byTitle = new Map(
    titles.map((title) => [title, roles.get(title.facts.number) ?? 'unknown']),
  );
  return (title: KnownTitle) => byTitle.get(title) ?? 'unknown';
}

function isEpisode({ is, playAll }: KnownTitle): boolean {
  return is === 'episode' && !playAll;
}

/** All labelled films, and no other title, are main feature or cut; a repetition of one may stand for it. */
function mainRight({ titles }: KnownDisc, roleOf: (title: KnownTitle) => string): boolean | null {
  const films = titles.filter(({ is }) => is === 'main');
  if (films.length === 0) return null;
  const given = titles.filter((title) => ['main', 'cut'].includes(roleOf(title)));
  const isCopy = (title: KnownTitle) => ['duplicate', 'decoy'].includes(roleOf(title));
  return (
    given.some((title) => films.includes(title)) &&
    given.every((title) => films.includes(title) || title.is === null) &&
    films.every((title) => given.includes(title) || isCopy(title))
  );
}

/** Ascending episode numbers; titles that nobody labelled and second versions of an episode do not count. */
function orderRight({ titles }: KnownDisc, ordered: readonly KnownTitle[]): boolean | null {
  const labelled = titles.filter((title) => isEpisode(title) && title.episode !== null);
  const known = ordered.filter((title) => labelled.includes(title));
  if (known.length < 2) return null;
  if (ascends(known)) return true;
  const byNumber = known.toSorted((a, b) => a.facts.number - b.facts.number);
  const byIndex = known.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  return ascends(byNumber) || ascends(byIndex) ? false : null;
}

function ascends(titles: readonly KnownTitle[]): boolean {
  return titles.every(
    ({ episode }, i) => i === 0 || (episode ?? 0) >= (titles[i - 1]?.episode ?? 0),
  );
}

function tally(
  titles: readonly KnownTitle[],
  isTrue: (title: KnownTitle) => boolean,
  isGiven: (title: KnownTitle) => boolean,
): Tally {
  const count = (truth: boolean, given: boolean) =>
    titles.filter((title) => isTrue(title) === truth && isGiven(title) === given).length;
  return { found: count(true, true), missed: count(true, false), false: count(false, true) };
}

function named({ index, source }: KnownTitle): Named {
  return { index, source };
}

function round(probability: number): number {
  return Number(probability.toFixed(4));
}
