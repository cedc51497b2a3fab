/** How often a stated probability comes true. */
export interface Calibration {
  bins: { from: number; to: number; discs: number; stated: number; right: number }[];
  /** Mean squared difference between what was stated of the first kind and what was true; 0 is perfect. */
  brier: number;
  /** Expected calibration error: mean difference between stated and true shares, by the bins' discs. */
  ece: number;
}

const edges = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001];

export function calibrationOf(
  answers: readonly { probability: number; right: boolean }[],
): Calibration {
  const bins = edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? 1;
    const inside = answers.filter(({ probability }) => probability >= from && probability < to);
    const stated = mean(inside.map(({ probability }) => probability));
    const right = mean(inside.map((answer) => Number(answer.right)));
    return { from, to: Math.min(1, to), discs: inside.length, stated, right };
  });
  return {
    bins: bins.filter(({ discs }) => discs > 0),
    brier: mean(answers.map(({ probability, right }) => (probability - Number(right)) ** 2)),
    ece:
      bins.reduce((sum, { discs, stated, right }) => sum + discs * Math.abs(stated - right), 0) /
      Math.max(1, answers.length),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
