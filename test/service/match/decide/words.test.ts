import assert from 'node:assert/strict';
import { decideDisc } from '../../../../service/match/decide/decide-disc.ts';
import { createRandom } from '../../../match-lab/random.ts';

const EPISODES = 13;
const candidates = Array.from({ length: EPISODES }, (_, index) => ({
  ...{ season: 1, episode: index + 1, name: null, runtime: 330 },
}));
const references = candidates.map((_, index) => ({
  ...{ id: `reference ${index}`, episodes: [index], ends: 320 },
}));

describe('what is read in three minutes of captions', () => {
  it('tells an episode by three times the words that chance has in common', () => {
    const { titles } = decide(3);
    assert.deepEqual(
      titles.map(({ verdict, ranked }) => [verdict, ranked[0]?.episodes[0]?.episode]),
      [4, 5, 6].map((episode) => ['accept', episode]),
    );
  });

  it('tells nothing by what chance has in common', () => {
    const { titles } = decide(1.2);
    assert.deepEqual(new Set(titles.map(({ verdict }) => verdict)), new Set(['ask']));
  });
});

/** Three titles in order whose right references score so many times what the others do. */
function decide(ratio: number) {
  const random = createRandom(`words ${ratio}`);
  const titles = [3, 4, 5].map((right, index) => ({
    ...{ id: `t0${index + 1}`, number: index + 1, duration: 335, role: 'episode' as const },
    ...{ members: [], described: null, stated: null },
    readings: [
      {
        signal: 'text' as const,
        scores: references.map((_, reference) =>
          Math.max(0, (reference === right ? ratio : 1) * (105 + 6 * random.normal())),
        ),
      },
    ],
  }));
  return decideDisc({ titles, candidates, references, group: { disc: null, others: [] } });
}
