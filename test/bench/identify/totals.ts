import { quantile } from '../statistics.ts';
import { type Calibration, calibrationOf } from './calibration.ts';
import type { Tally, Verdict } from './judge.ts';

export interface Totals {
  discs: number;
  /** The most probable kind is the true one, asked or not. */
  right: number;
  asked: number;
  askedRightFirst: number;
  askedRightSecond: number;
  /** Not asked, and another kind than the true one. */
  silentlyWrong: number;
  mainRight: number;
  mainOf: number;
  orderRight: number;
  orderOf: number;
  playAlls: Tally;
  episodes: Tally;
  precision: number;
  recall: number;
  duplicates: Tally;
  decoys: number;
  calibration: Calibration;
  ms: { p50: number; p99: number; max: number };
}

export function totalsOf(verdicts: readonly Verdict[]): Totals {
  const count = (is: (verdict: Verdict) => boolean) => verdicts.filter(is).length;
  const asked = verdicts.filter(({ line }) => line.asked);
  const times = verdicts.map(({ ms }) => ms);
  const episodes = sumOf(verdicts.map((verdict) => verdict.episodes));
  return {
    discs: verdicts.length,
    right: count(({ rank }) => rank === 1),
    asked: asked.length,
    askedRightFirst: asked.filter(({ rank }) => rank === 1).length,
    askedRightSecond: asked.filter(({ rank }) => rank === 2).length,
    silentlyWrong: count(({ line, rank }) => !line.asked && rank !== 1),
    mainRight: count(({ mainRight }) => mainRight === true),
    mainOf: count(({ mainRight }) => mainRight !== null),
    orderRight: count(({ orderRight }) => orderRight === true),
    orderOf: count(({ orderRight }) => orderRight !== null),
    playAlls: sumOf(verdicts.map(({ playAlls }) => playAlls)),
    episodes,
    precision: episodes.found / Math.max(1, episodes.found + episodes.false),
    recall: episodes.found / Math.max(1, episodes.found + episodes.missed),
    duplicates: sumOf(verdicts.map(({ duplicates }) => duplicates)),
    decoys: verdicts.reduce((sum, { line }) => sum + line.decoys.length, 0),
    calibration: calibrationOf(
      verdicts.map(({ line, rank }) => ({ probability: line.probability, right: rank === 1 })),
    ),
    ms: { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: Math.max(...times) },
  };
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { found: 0, missed: 0, false: 0 };
  for (const tally of tallies) {
    sum.found += tally.found;
    sum.missed += tally.missed;
    sum.false += tally.false;
  }
  return sum;
}
