import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  WINDOW_STEP,
  WINDOW_WORDS,
} from '../../../../../service/match/evidence/text/indexed-reference.ts';
import { standingOf, sumScores } from '../../../../../service/match/evidence/text/standing.ts';
import { createTextScorer } from '../../../../../service/match/evidence/text/text-scorer.ts';
import { heard, makeSeason } from './made-season.ts';

const EPISODES = 24;
const TIMES = [300, 900, 1700];

/** The same by its definition alone: every window on its own. */
function plainScores(references: readonly (readonly string[])[], words: readonly string[]) {
  const df = (word: string) => references.filter((other) => other.includes(word)).length;
  const weight = (word: string) => {
    const count = df(word);
    return count === 0 ? 0 : Math.log(1 + (references.length - count + 0.5) / (count + 0.5));
  };
  const pairsOf = (list: readonly string[]) =>
    new Set(list.slice(1).map((word, index) => `${list[index]} ${word}`));
  return references.map((reference) => {
    let best = 0;
    for (
      let start = 0;
      start === 0 || start + WINDOW_WORDS < reference.length + WINDOW_STEP;
      start += WINDOW_STEP
    ) {
      const window = reference.slice(start, start + WINDOW_WORDS);
      const shared = [...new Set(words)].filter((word) => window.includes(word));
      const pairs = [...pairsOf(words)].filter((pair) => pairsOf(window).has(pair));
      best = Math.max(best, shared.reduce((sum, word) => sum + weight(word), 0) + 2 * pairs.length);
    }
    return best;
  });
}

const oneCue = (words: readonly string[], episode: number) => ({
  season: 1,
  episodes: [episode],
  cues: [{ start: 0, end: words.length, text: words.join(' ') }],
});

describe('The text scorer', () => {
  const season = makeSeason(EPISODES);
  const scorer = createTextScorer(season);

  it('gives each reference the score of its best window', () => {
    const word = fc.nat(30).map((number) => `w${number}`);
    const text = fc.array(word, { maxLength: 300 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (texts, words) => {
        const scores = createTextScorer(texts.map(oneCue)).score(words);
        for (const [index, plain] of plainScores(texts, words).entries())
          assert.ok(Math.abs((scores[index] ?? -1) - plain) < 1e-9, `${scores[index]} ≠ ${plain}`);
      }),
      { numRuns: 200 },
    );
  });

  const settings = [
    { wrong: 0.1, snippets: 1, median: 6, least: 1 },
    { wrong: 0.5, snippets: 1, median: 3.5, least: 1 },
    { wrong: 0.7, snippets: 1, median: 2, least: 0.95 },
    { wrong: 0.85, snippets: 3, median: 1.5, least: 0.95 },
  ];
  for (const { wrong, snippets, median, least } of settings)
    it(`knows the episode from ${snippets} snippets with ${wrong * 100} % wrong words`, () => {
      const ratios: number[] = [];
      let right = 0;
      for (const [index, episode] of season.entries()) {
        const scores = TIMES.slice(0, snippets).map((time) =>
          scorer.score(heard(episode, time, wrong, `${index} ${time}`)),
        );
        const standing = standingOf(sumScores(scores), season);
        if (standing.best === index) right++;
        ratios.push(standing.ratio);
      }
      assert.ok(right / EPISODES >= least, `${right} of ${EPISODES}`);
      const middle = ratios.toSorted((a, b) => a - b)[EPISODES / 2] ?? 0;
      assert.ok(middle >= median, `median ratio ${middle}`);
    });

  it('is clearer when it knows where in the title the words were said', () => {
    const said = (index: number) => heard(season[index] ?? assert.fail(), 900, 0.7, `${index}`);
    const ratio = (index: number, around?: { time: number }) =>
      standingOf(scorer.score(said(index), around && { around }), season).ratio;
    const indexes = [...season.keys()];
    const gains = indexes.map((index) => ratio(index, { time: 915 }) / ratio(index));
    assert.ok((gains.toSorted((a, b) => a - b)[EPISODES / 2] ?? 0) > 1.1);
  });

  it('looks where the alignment says', () => {
    const [first] = season;
    assert.ok(first);
    const words = heard(first, 900, 0, 'exact');
    const aligned = (offset: number, speed: number, time: number) =>
      scorer.score(words, { around: { time, slack: 20, alignments: [{ offset, speed }] } })[0] ?? 0;
    const whole = scorer.score(words)[0] ?? 0;
    assert.equal(aligned(100, 25 / 23.976, 915 * (25 / 23.976) + 100), whole);
    assert.ok(aligned(0, 1, 1500) < whole / 2);
    assert.equal(aligned(0, 1, 90_000), 0, 'beyond the end of the reference');
  });

  it('does not make a word common by writing an episode down twice', () => {
    const [a, b] = [
      ['lamp', 'out'],
      ['pier', 'fog'],
    ];
    const once = createTextScorer([oneCue(a, 1), oneCue(b, 2)]).score(['lamp']);
    const twice = createTextScorer([oneCue(a, 1), oneCue(a, 1), oneCue(b, 2)]).score(['lamp']);
    assert.equal(once[0], twice[0]);
    assert.equal(twice[0], twice[1]);
  });

  it('bears references and snippets without words', () => {
    assert.deepEqual(createTextScorer([]).score(['lamp']), []);
    assert.deepEqual(createTextScorer([oneCue([], 1)]).score(['lamp']), [0]);
    assert.deepEqual(scorer.score([]), Array(EPISODES).fill(0));
    assert.deepEqual(scorer.score(['never', 'heard']), Array(EPISODES).fill(0));
  });

  it('costs milliseconds a snippet', () => {
    const snippets = season.map((episode, index) => heard(episode, 900, 0.3, `${index}`));
    for (const words of snippets) scorer.score(words);
    const started = performance.now();
    for (const words of snippets) scorer.score(words);
    const each = (performance.now() - started) / snippets.length;
    assert.ok(each < 25, `${each.toFixed(1)} ms a snippet`);
  });
});

describe('The standing of the best reference', () => {
  const references = [
    { season: 1, episodes: [1] },
    { season: 1, episodes: [1, 2] },
    { season: 1, episodes: [3] },
    { season: 2, episodes: [1] },
  ];

  it('is its score over that of the next other episode', () => {
    assert.deepEqual(standingOf([9, 8, 3, 1], references), { best: 0, runnerUp: 2, ratio: 3 });
    assert.deepEqual(standingOf([9, 8, 3, 6], references), { best: 0, runnerUp: 3, ratio: 1.5 });
  });

  it('has no runner-up where one episode alone scored, and no best where none did', () => {
    assert.deepEqual(standingOf([0, 2, 0, 0], references), {
      best: 1,
      runnerUp: null,
      ratio: Number.POSITIVE_INFINITY,
    });
    assert.deepEqual(standingOf([0, 0, 0, 0], references), {
      best: null,
      runnerUp: null,
      ratio: 0,
    });
    assert.deepEqual(standingOf([], []), { best: null, runnerUp: null, ratio: 0 });
  });

  it('adds up the scores of several snippets', () => {
    assert.deepEqual(
      sumScores([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      [9, 12],
    );
    assert.deepEqual(sumScores([]), []);
  });
});
