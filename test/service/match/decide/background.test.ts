import assert from 'node:assert/strict';
import { fitBackground, thresholdOf } from '../../../../service/match/decide/background.ts';
import { logRatio, type SignalModel } from '../../../../service/match/decide/scores.ts';
import { comparableScores } from '../../../../service/match/decide/signal-scores.ts';
import { gumbel } from '../../../match-lab/discs.ts';
import { createRandom } from '../../../match-lab/random.ts';

const prior = { mu: 6.8, beta: 0.5 };

/** A season against itself: the diagonal is right. */
function matrix(seed: string, size: number, { mu, beta }: { mu: number; beta: number }) {
  const random = createRandom(seed);
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (row === column ? 60 : gumbel(random, mu, beta))),
  );
}

const labels = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe('background of wrong scores', () => {
  for (const truth of [
    { mu: 6.8, beta: 0.5 },
    { mu: 5.2, beta: 0.6 },
    { mu: 8, beta: 1 },
  ])
    it(`is found in a season's own scores (${truth.mu}, ${truth.beta}), true ones among them`, () => {
      for (let seed = 0; seed < 10; seed++) {
        const fit = fitBackground(matrix(`fit ${seed}`, 24, truth), labels(24), prior);
        assert.ok(Math.abs(fit.mu - truth.mu) < 0.25, `mu ${fit.mu}`);
        assert.ok(Math.abs(fit.beta / truth.beta - 1) < 0.25, `beta ${fit.beta}`);
      }
    });

  it('is exceeded about as often as its threshold says', () => {
    const rows = matrix('tail', 24, prior);
    const fit = fitBackground(rows, labels(24), prior);
    const random = createRandom('draws');
    const threshold = thresholdOf(fit, 24, 1e-2);
    let exceeded = 0;
    for (let draw = 0; draw < 20_000; draw++) {
      const best = Math.max(...Array.from({ length: 24 }, () => gumbel(random, 6.8, 0.5)));
      if (best > threshold) exceeded++;
    }
    assert.ok(exceeded < 300 && exceeded > 50, `${exceeded} of 20,000`);
  });

  for (const count of [1, 2, 3])
    it(`stays wide with ${count} ${count === 1 ? 'candidate' : 'candidates'}`, () => {
      const fit = fitBackground(matrix('few', count, prior), labels(count), prior);
      assert.ok(fit.beta > 1.3 * prior.beta, `beta ${fit.beta}`);
      assert.ok(Math.abs(fit.mu - prior.mu) < 0.5);
    });

  it('never takes a higher score for less', () => {
    const model: SignalModel = { wrong: prior, right: { mean: 40, deviation: 18 }, threshold: 12 };
    let before = Number.NEGATIVE_INFINITY;
    for (let score = 0; score < 120; score += 0.25) {
      const ratio = logRatio(model, score);
      assert.ok(ratio >= before - 1e-9, `${ratio} after ${before} at ${score}`);
      before = ratio;
    }
    assert.ok(logRatio(model, 3) < -1 && logRatio(model, 40) === 18);
  });

  it('compares sums of words with those of the other references of a title', () => {
    const scores = comparableScores({ signal: 'text', scores: [50, 9, 11, 10, null] }, labels(5));
    assert.deepEqual(
      scores.map((score) => score?.toFixed(2)),
      ['1.53', '-0.10', '0.09', '0.00', undefined],
    );
    assert.deepEqual(comparableScores({ signal: 'speech', scores: [50] }, labels(1)), [null]);
  });
});
