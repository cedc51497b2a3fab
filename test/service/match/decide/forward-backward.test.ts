import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type ChainInput,
  forwardBackward,
} from '../../../../service/match/decide/forward-backward.ts';
import { seasonOrders } from '../../../../service/match/decide/season-steps.ts';

const candidates = [
  { season: 1, episode: 1 },
  { season: 1, episode: 2 },
  { season: 1, episode: 3 },
  { season: 2, episode: 1 },
].map((key) => ({ ...key, name: null, runtime: null }));
const [steps] = seasonOrders(candidates);

/** Three titles that may be any episode, the first two, or none. */
const chain = fc
  .array(fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 6, maxLength: 6 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((titles): ChainInput => {
    assert.ok(steps);
    return {
      steps,
      spans: [
        ...[0, 1, 2, 3].map((place) => ({ first: place, last: place })),
        { first: 0, last: 1 },
      ],
      observed: titles.map(([none = 0, ...spans]) => ({ none, spans: Float64Array.from(spans) })),
      start: Float64Array.of(0.4, 0.3, 0.2, 0.1),
      end: Float64Array.of(1, 1, 0.5, 1),
    };
  });

/** How likely each way through all titles is, one by one (-1: none), as logarithms. */
function everyWay({ steps: { forward }, spans, observed, start, end }: ChainInput) {
  const choices = [-1, ...spans.keys()];
  let ways: { held: number[]; last: number | null; weight: number }[] = [
    { held: [], last: null, weight: 0 },
  ];
  for (const title of observed)
    ways = ways.flatMap(({ held, last, weight }) =>
      choices.map((choice) => {
        const span = spans[choice];
        if (!span) return { held: [...held, -1], last, weight: weight + title.none };
        const step = last === null ? (start[span.first] ?? 0) : stepTo(last, span.first);
        const evidence = title.spans[choice] ?? 0;
        return {
          held: [...held, choice],
          last: span.last,
          weight: weight + Math.log(step) + evidence,
        };
      }),
    );
  return ways.map((way) => ({
    ...way,
    weight: way.weight + (way.last === null ? 0 : Math.log(end[way.last] ?? 1)),
  }));

  function stepTo(from: number, to: number): number {
    const [before, after] = [new Float64Array(5), new Float64Array(4)];
    before[from] = 1;
    forward(before, after);
    return after[to] ?? 0;
  }
}

describe('forward-backward', () => {
  it('gives what adding up every way through the disc gives', () => {
    fc.assert(
      fc.property(chain, (input) => {
        const ways = everyWay(input);
        const highest = Math.max(...ways.map(({ weight }) => weight));
        const sum = (some: typeof ways) =>
          some.reduce((total, { weight }) => total + Math.exp(weight - highest), 0);
        const { posteriors, nones, evidence } = forwardBackward(input);
        assert.ok(Math.abs(evidence - highest - Math.log(sum(ways))) < 1e-6);
        for (const [title, posterior] of posteriors.entries()) {
          for (const choice of [-1, ...posterior.keys()]) {
            const expected = sum(ways.filter(({ held }) => held[title] === choice)) / sum(ways);
            const actual = choice === -1 ? nones[title] : posterior[choice];
            assert.ok(Math.abs((actual ?? 0) - expected) < 1e-9, `${actual} for ${expected}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stays a distribution when the evidence is huge and contradicts the order', () => {
    assert.ok(steps);
    const { posteriors, nones } = forwardBackward({
      steps,
      spans: [0, 1, 2, 3].map((place) => ({ first: place, last: place })),
      observed: Array.from({ length: 300 }, (_, title) => ({
        none: -600,
        spans: Float64Array.from([0, 1, 2, 3], (place) => (place === (7 * title) % 4 ? 500 : -600)),
      })),
      start: new Float64Array(4).fill(0.25),
      end: new Float64Array(4).fill(1),
    });
    for (const [title, posterior] of posteriors.entries()) {
      const sum = posterior.reduce((total, value) => total + value, nones[title] ?? 0);
      assert.ok(Math.abs(sum - 1) < 1e-9);
      assert.ok((posterior[(7 * title) % 4] ?? 0) > 0.999);
    }
  });
});

describe('steps through a season', () => {
  it('lead from every place to all places with a probability of 1 in all', () => {
    assert.ok(steps);
    for (let from = 0; from < 4; from++) {
      const before = new Float64Array(5);
      before[from] = 1;
      const after = new Float64Array(4);
      steps.forward(before, after);
      assert.ok(Math.abs(after.reduce((sum, value) => sum + value, 0) - 1) < 1e-12);
      assert.ok(after.every((value) => value > 0));
    }
  });

  it('know the order on DVD when it differs', () => {
    const ordered = candidates.map((one, index) => ({
      ...one,
      order: { aired: index, dvd: [1, 0, 2, 3][index] ?? 0 },
    }));
    assert.deepEqual(
      seasonOrders(ordered).map(({ id, places }) => [id, ...places]),
      [
        ['aired', 0, 1, 2, 3],
        ['dvd', 1, 0, 2, 3],
      ],
    );
    assert.equal(seasonOrders(candidates).length, 1);
  });
});
