import assert from 'node:assert/strict';
import { decideDisc } from '../../../../service/match/decide/decide-disc.ts';
import type { DecideInput, DiscTitle } from '../../../../service/match/decide/decide-input.ts';
import { createDecider, type Decider } from '../../../../service/match/decide/decider.ts';

/** A disc of six titles of a show of so many episodes. */
function discOf(episodes: number): DecideInput {
  const candidates = Array.from({ length: episodes }, (_, index) => {
    return {
      season: 1 + Math.floor(index / 20),
      episode: 1 + (index % 20),
      name: null,
      runtime: 2640,
    };
  });
  const titles = Array.from({ length: 6 }, (_, index): DiscTitle => {
    const scores = candidates.map((_, episode) => (episode === index + 30 ? 42 : 6.5));
    return {
      ...{ id: `t0${index + 1}`, number: index + 1, duration: 2650, role: 'episode', members: [] },
      described: null,
      readings: [{ signal: 'subtitle-times', scores }],
    };
  });
  const references = candidates.map((_, index) => ({ id: `r${index}`, episodes: [index] }));
  return { titles, candidates, references, group: { disc: null, others: [] } };
}

describe('deciding beside the event loop', function () {
  this.timeout(30_000);
  let decider: Decider;
  beforeEach(() => {
    decider = createDecider();
  });
  afterEach(() => decider.close());

  for (const episodes of [60, 200])
    it(`comes to the same for ${episodes} episodes`, async () => {
      const { signal } = new AbortController();
      const input = discOf(episodes);
      assert.deepEqual(await decider.decide(input, { signal }), decideDisc(input));
    });

  it('is not waited for when nobody wants it any more', async () => {
    const aborted = AbortSignal.abort(new Error('nobody'));
    await assert.rejects(decider.decide(discOf(200), { signal: aborted }), /nobody/);
  });
});
