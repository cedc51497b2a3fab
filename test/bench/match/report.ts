import type { Setting } from './settings.ts';
import { MOST_WRONG } from './settings.ts';
import type { Tally } from './tally.ts';

/** What the columns mean. */
export const definitions = {
  right:
    'titles with episodes whose likeliest possibility is exactly these episodes, accepted or not',
  accepted:
    'of the titles with episodes that all have a good reference, those that are accepted, and rightly; + those with a mark',
  wrong: 'accepted titles (extras among them) that are something else, of all accepted ones',
  marked: 'titles that are taken with a mark, and the wrong ones of them',
  ECE: 'mean distance between stated probability and what came true',
};

/** One setting in a line. */
export function lineInWords({ name, goal }: Setting, tally: Tally): string {
  const share = tally.taken / Math.max(1, tally.referenced);
  const marked = tally.takenWithMark / Math.max(1, tally.referenced);
  const wrong = tally.wrong / Math.max(1, tally.accepted);
  const isReached = wrong <= MOST_WRONG && (goal === null || share >= goal);
  const cells = [
    name.padEnd(34),
    `right ${percent(tally.right / Math.max(1, tally.episodes))} of ${tally.episodes}`,
    `accepted ${percent(share)} + ${percent(marked)} of ${tally.referenced}${goal === null ? '' : ` (goal ${percent(goal)})`}`,
    `wrong ${tally.wrong} of ${tally.accepted}`,
    `marked ${tally.marked} (${tally.markedWrong} wrong)`,
    `ECE ${tally.calibration.ece.toFixed(4)}`,
    isReached ? 'reached' : 'MISSED',
  ];
  return cells.join(' | ');
}

export function calibrationInWords({ calibration }: Tally): string {
  return calibration.bins
    .map(
      ({ from, to, discs, stated, right }) =>
        `    stated ${from.toFixed(2)}-${to.toFixed(2)}: ${discs} titles, mean ${stated.toFixed(3)}, right ${right.toFixed(3)}`,
    )
    .join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
