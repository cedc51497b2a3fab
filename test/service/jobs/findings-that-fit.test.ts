import assert from 'node:assert/strict';
import { Findings } from '../../../service/contract/findings.ts';
import { findingsThatFit } from '../../../service/jobs/findings-that-fit.ts';
import { SNAPSHOT_LIMIT_BYTES } from '../../../service/jobs/snapshot.ts';

function findings(titles: number): Findings {
  const one = {
    ...{ signal: 'voice' as const, says: 'x'.repeat(300), weight: 1, score: 1 },
    ...{ offset: null, speed: null, runnerUp: null },
  };
  const ranked = {
    ...{ episodes: [{ season: 1, episode: 1 }], name: null, probability: 0.5 },
    explained: Array.from({ length: 10 }, () => one),
  };
  return {
    show: { title: 'Harbour Lights', tmdb: null },
    seasons: [1],
    references: 10,
    notes: ['A note'],
    titles: Array.from({ length: titles }, (_, index) => ({
      id: `t${String(index).padStart(3, '0')}`,
      ...{ verdict: 'ask' as const, doubt: null, part: null },
      ranked: [ranked, ranked, ranked, ranked],
    })),
  };
}

describe('findings in an answer', () => {
  it('are whole when there is room', () => {
    assert.deepEqual(findingsThatFit(findings(3)), findings(3));
  });

  for (const [titles, told] of [
    [20, 20],
    [99, 99],
    [999, 120],
  ] as const)
    it(`stay within 64 KB and their contract with ${titles} titles`, () => {
      const fitting = Findings.parse(findingsThatFit(findings(titles)));
      assert.ok(Buffer.byteLength(JSON.stringify(fitting)) <= SNAPSHOT_LIMIT_BYTES);
      assert.ok(fitting.titles.length >= told, `${fitting.titles.length} titles`);
    });
});
