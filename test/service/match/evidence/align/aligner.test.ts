import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { agreement } from '../../../../../service/match/evidence/align/agreement.ts';
import {
  type Aligner,
  createAligner,
} from '../../../../../service/match/evidence/align/aligner.ts';
import type { Alignment } from '../../../../../service/match/evidence/align/alignment.ts';
import { drawReferencedSeason } from '../../../../match-lab/aligned-season.ts';
import type { Disturbance } from '../../../../match-lab/disturb.ts';
import { drawEpisode, type Line } from '../../../../match-lab/episode.ts';
import { createRandom } from '../../../../match-lab/random.ts';
import { drawVoice } from '../../../../match-lab/voice.ts';

const { signal } = new AbortController();
const shape = { episodes: 8, runtime: 1320 };
const starts = (lines: readonly Line[]) => lines.map(({ start }) => start);

interface Case {
  name: string;
  disturbance: Disturbance;
  /** Share of voice activity that is wrong; undefined: by subtitle starts. */
  wrong?: number;
  leastRight: number;
  mostWrong: number;
}

const cases: Case[] = [
  { name: 'neat subtitles', disturbance: {}, leastRight: 60, mostWrong: 11 },
  {
    name: 'sloppy subtitles of which a third is missing or merged',
    disturbance: { jitter: 0.3, missing: 0.3, merged: 0.3 },
    leastRight: 25,
    mostWrong: 11,
  },
  {
    name: 'subtitles of a version with four cuts',
    disturbance: { jitter: 0.2, cuts: 4 },
    leastRight: 14,
    mostWrong: 11,
  },
  { name: 'voice, a quarter wrong', disturbance: {}, wrong: 0.25, leastRight: 14, mostWrong: 9 },
  {
    name: 'voice, forty percent wrong',
    disturbance: {},
    wrong: 0.4,
    leastRight: 10,
    mostWrong: 9,
  },
];

describe('aligner', function () {
  this.timeout(60_000);
  let aligner: Aligner | undefined;
  afterEach(() => aligner?.close());

  for (const { name, disturbance, wrong, leastRight, mostWrong } of cases)
    it(`finds the episode, the offset and the speed by ${name}`, async () => {
      const { random, episodes } = drawReferencedSeason(name, shape, disturbance);
      aligner = createAligner(referencesOf(episodes));
      for (const [index, { episode, offset, speed }] of episodes.entries()) {
        const found: Alignment[] =
          wrong === undefined
            ? await aligner.subtitleTimes(starts(episode.lines), { signal })
            : await aligner.voice(drawVoice(random, episode, wrong), { signal });
        const right = found[index];
        assert.ok(right && right.z >= leastRight, `right: ${right?.z}`);
        const others = found.filter((_, other) => other !== index).map(({ z }) => z);
        assert.ok(Math.max(...others) <= mostWrong, `wrong: ${Math.max(...others)}`);
        if (disturbance.cuts !== undefined) continue;
        assert.ok(Math.abs(right.offset - offset) < 0.4, `${right.offset} for ${offset}`);
        assert.ok(Math.abs(right.speed - speed) < 1e-9);
      }
    });

  it('says by how many subtitle times a reference agrees, after cuts, too', async () => {
    const { episodes } = drawReferencedSeason('cuts', shape, { jitter: 0.05, cuts: 1 });
    const whole = { ...shape, runtime: 2580 };
    const long = drawReferencedSeason('cut', { ...whole, episodes: 2 }, { jitter: 0.05, cuts: 1 });
    const all = [...long.episodes, ...episodes];
    aligner = createAligner(referencesOf(all));
    const times = starts(all[0]?.episode.lines ?? []);
    const [right, other] = await aligner.subtitleTimes(times, { signal });
    assert.ok(right && other);
    assert.ok((right.parts?.length ?? 0) >= 2);
    const { agreed, of } = agreement(times, all[0]?.reference ?? [], right);
    assert.ok(of > 500 && agreed > 0.6 * of, `${agreed} of ${of}`);
    const runnerUp = agreement(times, all[1]?.reference ?? [], other);
    assert.ok(runnerUp.agreed < 0.3 * runnerUp.of, `${runnerUp.agreed} of ${runnerUp.of}`);
  });

  it('finds a title by its first two minutes, and by ten minutes of voice in the middle', async () => {
    const { random, episodes } = drawReferencedSeason('part', shape, {});
    aligner = createAligner(referencesOf(episodes));
    for (const [index, { episode, offset }] of episodes.entries()) {
      const early = starts(episode.lines).filter((time) => time < 300);
      const beginning = await aligner.subtitleTimes(early, { signal });
      assert.equal(indexOfBest(beginning), index);
      const voice = drawVoice(random, episode, 0.25).slice(3000, 9000);
      const middle = await aligner.voice(voice, { from: 300, signal });
      assert.equal(indexOfBest(middle), index);
      assert.ok(Math.abs((middle[index]?.offset ?? 0) - offset) < 1);
    }
  });

  it('finds all episodes in a play-all, each where it is, and none that is not in it', async () => {
    const { random, episodes } = drawReferencedSeason('all', shape, {});
    aligner = createAligner(referencesOf(episodes));
    const members = [4, 1, 6];
    let at = 0;
    const lines: Line[] = [];
    const begins: number[] = [];
    for (const member of members) {
      const { lines: own = [], duration = 0 } = episodes[member]?.episode ?? {};
      begins.push(at);
      for (const { start, end } of own) lines.push({ start: start + at, end: end + at });
      at += duration;
    }
    const readings = [
      { kind: 'starts', starts: starts(lines) } as const,
      {
        kind: 'voice',
        features: drawVoice(random, { lines, duration: at }, 0.25),
        from: 0,
      } as const,
    ];
    for (const reading of readings) {
      const found = await aligner.inside(reading, { signal });
      const high = [...found.keys()].filter((index) => (found[index]?.z ?? 0) > 12);
      assert.deepEqual(high, members.toSorted());
      for (const [index, member] of members.entries()) {
        const expected = (begins[index] ?? 0) + (episodes[member]?.offset ?? 0);
        assert.ok(Math.abs((found[member]?.from ?? 0) - Math.max(0, expected)) < 25);
      }
    }
  });

  it('finds the second half of an episode that is split in two', async () => {
    const { episodes } = drawReferencedSeason('half', shape, {});
    aligner = createAligner(referencesOf(episodes));
    const half = starts(episodes[2]?.episode.lines ?? []).flatMap((time) =>
      time < 660 ? [] : time - 660,
    );
    const found = await aligner.inside({ kind: 'starts', starts: half }, { signal });
    assert.equal(indexOfBest(found), 2);
    assert.ok(Math.abs((found[2]?.offset ?? 0) + 660 - (episodes[2]?.offset ?? 0)) < 1);
  });

  it('is never sure of a title of another show, of chance, or of nothing', async () => {
    const { random, episodes } = drawReferencedSeason('ours', shape, {});
    aligner = createAligner([...referencesOf(episodes), { id: 'empty', cues: [] }]);
    const foreign = drawEpisode(createRandom('foreign'), 1320, 60);
    const chance = Array.from({ length: 400 }, () => random.between(0, 1320)).sort((a, b) => a - b);
    for (const times of [starts(foreign.lines), chance, [12, 700], []]) {
      const found = await aligner.subtitleTimes(times, { signal });
      assert.equal(found.length, episodes.length + 1);
      assert.ok(
        found.every(({ z }) => z < 11),
        String(found.map(({ z }) => z)),
      );
    }
    const silent = await aligner.voice(new Float32Array(13_000), { signal });
    assert.ok(silent.every(({ z }) => z === 0));
  });

  it('aligns alike whether a title comes first or after sure ones', async () => {
    const { episodes } = drawReferencedSeason('lock', shape, {});
    const references = referencesOf(episodes);
    const times = starts(episodes[5]?.episode.lines ?? []);
    aligner = createAligner(references);
    for (const { episode } of episodes)
      await aligner.subtitleTimes(starts(episode.lines), { signal });
    const after = await aligner.subtitleTimes(times, { signal });
    const fresh = createAligner(references);
    const before = await fresh.subtitleTimes(times, { signal });
    await fresh.close();
    assert.deepEqual(after[5], before[5]);
  });

  it('ends at once when it is aborted, and goes on with other titles', async () => {
    const { episodes } = drawReferencedSeason('stop', { episodes: 24, runtime: 2580 }, {});
    const working = createAligner(referencesOf(episodes));
    aligner = working;
    const times = starts(episodes[0]?.episode.lines ?? []);
    const stop = new AbortController();
    await working.subtitleTimes(times, { signal });
    const inside = working.inside({ kind: 'starts', starts: times }, { signal: stop.signal });
    const queued = working.inside({ kind: 'starts', starts: times }, { signal: stop.signal });
    const other = working.subtitleTimes(times, { signal });
    const began = performance.now();
    stop.abort(new Error('enough'));
    await Promise.all([inside, queued].map((work) => assert.rejects(work, /enough/)));
    assert.ok(performance.now() - began < 1000);
    assert.equal(indexOfBest(await other), 0);
    await assert.rejects(working.subtitleTimes(times, { signal: stop.signal }), /enough/);
  });

  it('rejects what still runs when it is closed', async () => {
    const { episodes } = drawReferencedSeason('close', { episodes: 8, runtime: 2580 }, {});
    const closing = createAligner(referencesOf(episodes));
    const times = starts(episodes[0]?.episode.lines ?? []);
    const work = closing.inside({ kind: 'starts', starts: times }, { signal });
    const ends = assert.rejects(work);
    await closing.close();
    await ends;
  });

  it('leaves the event loop alone', async () => {
    const { episodes } = drawReferencedSeason('loop', { episodes: 24, runtime: 2580 }, {});
    aligner = createAligner(referencesOf(episodes));
    await aligner.subtitleTimes(starts(episodes[1]?.episode.lines ?? []), { signal });
    const waited = performance.eventLoopUtilization();
    await aligner.subtitleTimes(starts(episodes[0]?.episode.lines ?? []), { signal });
    const { active } = performance.eventLoopUtilization(waited);
    assert.ok(active < 20, `${active} ms of work on the event loop`);
  });
});

function referencesOf(episodes: readonly { reference: readonly Line[] }[]) {
  return episodes.map(({ reference }, index) => ({ id: String(index), cues: reference }));
}

function indexOfBest(alignments: readonly Alignment[]): number {
  return alignments.reduce(
    (best, { z }, index) => (z > (alignments[best]?.z ?? 0) ? index : best),
    0,
  );
}
