import assert from 'node:assert/strict';
import { decideDisc } from '../../../../service/match/decide/decide-disc.ts';
import { type DiscLab, drawDiscs, gumbel, type ScoreDensities } from '../../../match-lab/discs.ts';
import { createRandom } from '../../../match-lab/random.ts';
import { calibrationError, count, emptyTally, type Tally } from '../../../match-lab/tally.ts';

/** As measured on generated seasons (see `npm run bench:match`). */
const subtitles: ScoreDensities = {
  signal: 'subtitle-times',
  right: (random) => Math.max(17, 45 + 15 * random.normal()),
  wrong: (random) => gumbel(random, 6.8, 0.5),
};
const voices: ScoreDensities = {
  signal: 'voice',
  right: (random) => Math.max(12, 22 + 3 * random.normal()),
  wrong: (random) => gumbel(random, 5.2, 0.5),
};
/** What nobody assumed: broader where wrong, lower where right, of other shapes. */
const otherSubtitles: ScoreDensities = {
  signal: 'subtitle-times',
  right: (random) => random.logNormal(22, 0.45),
  wrong: (random) => gumbel(random, 7.4, 0.8),
};
const otherVoices: ScoreDensities = {
  signal: 'voice',
  right: (random) => random.logNormal(13, 0.4),
  wrong: (random) => 5 + random.normal() + (random.chance(0.01) ? 2 : 0),
};

const usual: Omit<DiscLab, 'densities'> = {
  episodes: 24,
  perDisc: [3, 8],
  references: 1,
  bad: { useless: 0.05, missing: 0.02, swapped: 0.015, anothers: 0.015 },
  swappedPair: 0.03,
  backwards: 0.02,
  extras: 0.35,
  duplicates: 0.06,
  gaps: 0.06,
  doubles: 0.04,
  foreign: 0.03,
  playAll: 0.3,
  numbered: 0.5,
  spread: 20,
  runtimes: 'minutes',
};
const SEASONS = 40;

function measure(lab: DiscLab, seed: string): Tally {
  const random = createRandom(seed);
  const tally = emptyTally();
  for (let season = 0; season < SEASONS; season++)
    for (const disc of drawDiscs(random, lab)) count(tally, disc, decideDisc(disc.input).titles);
  return tally;
}

interface Expected {
  name: string;
  lab: DiscLab;
  /** Least share of the episodes that are right, and of those with good references that are accepted. */
  right: number;
  taken: number;
  /** Most titles that are accepted wrongly, of about a thousand. */
  wrong: number;
}

const two = { references: 2 };
const cases: readonly Expected[] = [
  {
    name: 'subtitles, one reference each',
    lab: { ...usual, densities: subtitles },
    right: 0.96,
    taken: 0.95,
    wrong: 3,
  },
  {
    name: 'subtitles, two references each',
    lab: { ...usual, ...two, densities: subtitles },
    right: 0.98,
    taken: 0.97,
    wrong: 1,
  },
  {
    name: 'voices, one reference each',
    lab: { ...usual, densities: voices },
    right: 0.96,
    taken: 0.94,
    wrong: 3,
  },
  {
    name: 'voices, two references each, runtimes unknown',
    lab: { ...usual, ...two, densities: voices, runtimes: 'unknown' },
    right: 0.98,
    taken: 0.96,
    wrong: 1,
  },
  {
    name: 'subtitles that score otherwise than assumed',
    lab: { ...usual, densities: otherSubtitles },
    right: 0.94,
    taken: 0.7,
    wrong: 3,
  },
  {
    name: 'voices that score otherwise than assumed',
    lab: { ...usual, densities: otherVoices },
    right: 0.94,
    taken: 0.4,
    wrong: 3,
  },
  {
    name: 'runtimes that are those of the slot',
    lab: { ...usual, densities: subtitles, runtimes: 'slot' },
    right: 0.95,
    taken: 0.93,
    wrong: 3,
  },
  {
    name: 'four of ten references useless',
    lab: {
      ...usual,
      densities: subtitles,
      bad: { useless: 0.4, missing: 0, swapped: 0, anothers: 0 },
    },
    right: 0.9,
    taken: 0.85,
    wrong: 1,
  },
  {
    name: 'one of ten files with the number of the next one',
    lab: {
      ...usual,
      densities: subtitles,
      bad: { useless: 0, missing: 0, swapped: 0.1, anothers: 0 },
    },
    right: 0.85,
    taken: 0.93,
    wrong: 4,
  },
];

describe('simulated discs', function () {
  this.timeout(60_000);
  let [accepted, wronglyAccepted] = [0, 0];

  for (const { name, lab, right, taken, wrong } of cases)
    it(`are right, accepted and calibrated: ${name}`, () => {
      const tally = measure(lab, `simulated ${name}`);
      const figures = JSON.stringify(tally);
      assert.ok(tally.right >= right * tally.episodes, figures);
      assert.ok(tally.taken >= taken * tally.referenced, figures);
      assert.ok(tally.wrong <= wrong, figures);
      assert.ok(calibrationError(tally) < 0.08, figures);
      accepted += tally.accepted;
      wronglyAccepted += tally.wrong;
    });

  it('are accepted wrongly once in a thousand at most, all of these together', () => {
    assert.ok(
      accepted > 5000 && wronglyAccepted <= accepted / 1000,
      `${wronglyAccepted} of ${accepted}`,
    );
  });

  it('that no reference is of are never accepted as episodes', () => {
    const bad = { useless: 1, missing: 0, swapped: 0, anothers: 0 };
    for (const densities of [subtitles, voices, otherSubtitles]) {
      const random = createRandom('nothing fits');
      for (let season = 0; season < SEASONS; season++)
        for (const { input } of drawDiscs(random, { ...usual, densities, bad }))
          for (const { verdict, ranked } of decideDisc(input).titles)
            assert.ok(
              verdict === 'ask' || ranked[0]?.episodes.length === 0,
              JSON.stringify(ranked),
            );
    }
  });
});
