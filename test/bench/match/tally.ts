import type { EpisodeKey } from '../../../service/match/episode-key.ts';
import { type Calibration, calibrationOf } from '../identify/calibration.ts';
import type { JudgedTitle } from './measure-season.ts';

/** What came of many titles whose episodes are known. */
export interface Tally {
  readonly titles: number;
  /** Titles that hold episodes, and of them those whose likeliest possibility is right. */
  readonly episodes: number;
  readonly right: number;
  /** Of those with good references for all their episodes, those that were accepted, rightly, and with a mark. */
  readonly referenced: number;
  readonly taken: number;
  readonly takenWithMark: number;
  /** Accepted titles, also as no episode, and those of them that are wrong. */
  readonly accepted: number;
  readonly wrong: number;
  readonly marked: number;
  readonly markedWrong: number;
  readonly calibration: Calibration;
}

/** Titles that repeat or play others are left out: they are what the others are. */
export function tallyOf(judged: readonly JudgedTitle[]): Tally {
  const own = judged.filter(({ title }) => title.members.length === 0);
  const episodes = own.filter(({ title }) => title.episodes.length > 0);
  const referenced = episodes.filter((one) => one.isReferenced);
  const accepted = own.filter(({ decision }) => decision.verdict === 'accept');
  const marked = own.filter(({ decision }) => decision.verdict === 'mark');
  const count = (titles: readonly JudgedTitle[]) => titles.filter(isRight).length;
  return {
    titles: own.length,
    episodes: episodes.length,
    right: count(episodes),
    referenced: referenced.length,
    taken: count(referenced.filter(({ decision }) => decision.verdict === 'accept')),
    takenWithMark: count(referenced.filter(({ decision }) => decision.verdict === 'mark')),
    accepted: accepted.length,
    wrong: accepted.length - count(accepted),
    marked: marked.length,
    markedWrong: marked.length - count(marked),
    calibration: calibrationOf(
      own.map((one) => ({
        probability: one.decision.ranked[0]?.probability ?? 0,
        right: isRight(one),
      })),
    ),
  };
}

export function isRight({ title, decision: { ranked } }: JudgedTitle): boolean {
  const said = ranked[0]?.episodes ?? [];
  return (
    keys(said) ===
    title.episodes
      .map((index) => `1/${index + 1}`)
      .sort()
      .join()
  );
}

function keys(episodes: readonly EpisodeKey[]): string {
  return episodes
    .map(({ season, episode }) => `${season}/${episode}`)
    .sort()
    .join();
}
