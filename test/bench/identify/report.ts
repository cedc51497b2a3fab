import type { Named, Verdict } from './judge.ts';
import type { Totals } from './totals.ts';

/** What the totals mean. */
export const definitions = {
  right:
    'the most probable kind (tv, movie, extras) is the true one, whether a person is asked or not',
  asked: 'the most probable kind is below the probability that goes without a question',
  silentlyWrong: 'not asked, and the most probable kind is not the true one',
  main: 'of discs with a labelled film: main feature and cuts are the labelled films and nothing else that is labelled; repetitions of a film may stand for it',
  order:
    'of discs of which some order (title number, index, play-all) is right: ours ascends by episode',
  episodes:
    'titles of series discs with the role of episode, or cut of one, against those labelled as episodes',
  playAll: 'titles with the role of play-all against those known as play-all',
  duplicates:
    'titles that repeat another one segment by segment, or byte by byte where segments tell nothing',
  time: 'of a program that has judged 500 discs before, from the list of titles to their roles: the middle one of 5 runs of each disc',
};

/** One disc in a line. */
export function lineInWords({ line, truth, rank, orderRight }: Verdict): string {
  const { id, kind, probability, asked } = line;
  const verdict =
    rank === 1
      ? asked
        ? 'asked'
        : 'right'
      : asked
        ? `asked, ${truth} ranked ${rank ?? '-'}`
        : `WRONG: ${truth}`;
  const parts = [
    `${id}\n    ${verdict}: ${kind} ${probability.toFixed(3)}`,
    part('main', line.main),
    part('cuts', line.cuts),
    part('play-all', line.playAll),
    part(orderRight === false ? 'episodes (order wrong)' : 'episodes', line.episodes),
    part('duplicates', line.duplicates),
    line.decoys.length > 0 ? `${line.decoys.length} decoys` : '',
  ];
  return parts.filter((text) => text !== '').join('; ');
}

const MOST_NAMED = 12;

function part(what: string, titles: readonly Named[]): string {
  if (titles.length === 0) return '';
  const names = titles.slice(0, MOST_NAMED).map(({ source }) => source);
  return `${what} ${names.join(' ')}${titles.length > MOST_NAMED ? ' …' : ''}`;
}

export function definitionsInWords(): string {
  return Object.entries(definitions)
    .map(([word, meaning]) => `  ${word}: ${meaning}`)
    .join('\n');
}

export function totalsInWords(totals: Totals): string {
  const { asked, askedRightFirst, askedRightSecond, episodes, playAlls, duplicates, ms } = totals;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const { bins, brier, ece } = totals.calibration;
  return [
    '',
    `${totals.right} of ${totals.discs} right (${totals.right - askedRightFirst} without a question); ${asked} asked (the right answer first in ${askedRightFirst}, second in ${askedRightSecond}); ${totals.silentlyWrong} silently wrong`,
    `main feature right on ${totals.mainRight} of ${totals.mainOf}; episode order right on ${totals.orderRight} of ${totals.orderOf}`,
    `play-alls: ${playAlls.found} found, ${playAlls.missed} missed, ${playAlls.false} false`,
    `episodes: ${episodes.found} found, ${episodes.missed} missed, ${episodes.false} false; precision ${percent(totals.precision)}, recall ${percent(totals.recall)}`,
    `duplicates: ${duplicates.found} found, ${duplicates.missed} missed, ${duplicates.false} false; ${totals.decoys} decoys`,
    `time a disc: p50 ${ms.p50.toFixed(2)} ms, p99 ${ms.p99.toFixed(2)} ms, max ${ms.max.toFixed(2)} ms`,
    `calibration: Brier ${brier.toFixed(4)}, ECE ${ece.toFixed(4)}`,
    ...bins.map(
      ({ from, to, discs, stated, right }) =>
        `  stated ${from.toFixed(2)}-${to.toFixed(2)}: ${discs} discs, mean ${stated.toFixed(3)}, right ${right.toFixed(3)}`,
    ),
  ].join('\n');
}
