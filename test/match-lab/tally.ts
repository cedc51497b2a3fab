import type { TitleDecision } from '../../service/match/decide/title-decision.ts';
import type { EpisodeKey } from '../../service/match/episode-key.ts';
import type { LabDisc, LabTitle } from './discs.ts';

/** What came of many titles whose episodes are known. */
export interface Tally {
  /** Titles that hold episodes. */
  episodes: number;
  /** Of them, those whose likeliest possibility is right. */
  right: number;
  /** Titles with good references, and those of them that were accepted or marked. */
  referenced: number;
  taken: number;
  /** Accepted titles, extras among them, and those that were wrong. */
  accepted: number;
  wrong: number;
  marked: number;
  wrongMarked: number;
  /** Per tenth of probability: titles, sum of probabilities, right ones. */
  readonly bins: { titles: number; probability: number; right: number }[];
}

export function emptyTally(): Tally {
  return {
    episodes: 0,
    right: 0,
    referenced: 0,
    taken: 0,
    accepted: 0,
    wrong: 0,
    marked: 0,
    wrongMarked: 0,
    bins: Array.from({ length: 10 }, () => ({ titles: 0, probability: 0, right: 0 })),
  };
}

/** Counts the decisions of a disc; titles that play others are left out. */
export function count(
  tally: Tally,
  { truth }: Pick<LabDisc, 'truth'>,
  decisions: readonly TitleDecision[],
): void {
  for (const decision of decisions) {
    const title = truth.get(decision.id);
    if (title) countTitle(tally, title, decision);
  }
}

function countTitle(tally: Tally, title: LabTitle, { ranked: [best], verdict }: TitleDecision) {
  const isRight = best !== undefined && isSame(best.episodes, title.episodes);
  if (title.episodes.length > 0) {
    tally.episodes++;
    if (isRight) tally.right++;
    if (title.isReferenced) {
      tally.referenced++;
      if (verdict !== 'ask' && isRight) tally.taken++;
    }
  }
  if (verdict === 'accept') tally.accepted++;
  if (verdict === 'accept' && !isRight) tally.wrong++;
  if (verdict === 'mark') tally.marked++;
  if (verdict === 'mark' && !isRight) tally.wrongMarked++;
  const probability = best?.probability ?? 0;
  const bin = tally.bins[Math.min(9, Math.floor(10 * probability))];
  if (!bin) return;
  bin.titles++;
  bin.probability += probability;
  if (isRight) bin.right++;
}

function isSame(a: readonly EpisodeKey[], b: readonly EpisodeKey[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ season, episode }, index) => {
      const other = b[index];
      return season === other?.season && episode === other.episode;
    })
  );
}

/** Mean distance between probability and what came true, weighted by titles. */
export function calibrationError({ bins }: Tally): number {
  const titles = bins.reduce((sum, bin) => sum + bin.titles, 0);
  return bins.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.right), 0) / titles;
}
