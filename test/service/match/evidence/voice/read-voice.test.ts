import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createAligner } from '../../../../../service/match/evidence/align/aligner.ts';
import { bandEnergies, SAMPLE_RATE } from '../../../../../service/match/evidence/voice/energies.ts';
import { createEnergyStream } from '../../../../../service/match/evidence/voice/energy-stream.ts';
import { voiceFeatures } from '../../../../../service/match/evidence/voice/features.ts';
import { readVoice } from '../../../../../service/match/evidence/voice/read-voice.ts';
import { drawReferencedSeason } from '../../../../match-lab/aligned-season.ts';
import { createRandom } from '../../../../match-lab/random.ts';
import { makeSoundtrack } from '../../../../match-lab/soundtrack.ts';
import { tools } from '../../../rip/rip-disc.ts';

const { signal } = new AbortController();
const access = { run: tools.run, find: tools.find, signal };
const { random, episodes } = drawReferencedSeason('heard', { episodes: 6, runtime: 600 }, {});
const HEARD = 3;

describe('voice activity of a file', function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;

  before(async function () {
    if ((await tools.find('ffmpeg')) === null) {
      console.log('skipped: needs ffmpeg');
      return this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'voice-'));
    file = join(folder, 'title.mkv');
    const { episode } = episodes[HEARD] ?? assert.fail();
    await makeSoundtrack(random, episode, { noise: 0.05, music: 2 }, file);
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true });
  });

  it('tells the episode, whole or by a part from the middle, and not with another beginning', async () => {
    const aligner = createAligner(
      episodes.map(({ reference }, id) => ({ id: String(id), cues: reference })),
    );
    const whole = await readVoice(file, { track: 0 }, access);
    assert.ok(Math.abs(whole.length / 10 - (episodes[HEARD]?.episode.duration ?? 0)) < 1.5);
    const part = await readVoice(file, { track: 0, from: 150, seconds: 300 }, access);
    assert.ok(Math.abs(part.length - 3000) < 10);
    const byWhole = await aligner.voice(whole, { signal });
    const byPart = await aligner.voice(part, { from: 150, signal });
    await aligner.close();
    for (const [found, least] of [
      [byWhole, 11],
      [byPart, 9],
    ] as const) {
      const right = found[HEARD];
      assert.ok(right && right.z > least, `${right?.z}`);
      const others = found.filter((_, index) => index !== HEARD).map(({ z }) => z);
      assert.ok(Math.max(...others) < 8, String(others));
      assert.ok(Math.abs(right.offset - (episodes[HEARD]?.offset ?? 0)) < 1);
    }
  });

  it('is read beside the event loop, and no longer than it is wanted', async () => {
    const before = performance.eventLoopUtilization();
    const began = performance.now();
    await readVoice(file, { track: 0 }, access);
    const { active } = performance.eventLoopUtilization(before);
    const took = performance.now() - began;
    assert.ok(active < 0.5 * took, `${active} of ${took} ms`);
    const stop = new AbortController();
    const work = readVoice(file, { track: 0 }, { ...access, signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await assert.rejects(work);
  });

  it('is a failure in words when there is no such track, no film, or no ffmpeg', async () => {
    await assert.rejects(readVoice(file, { track: 5 }, access), { code: 'tool-failed' });
    await assert.rejects(readVoice(join(folder, 'none.mkv'), { track: 0 }, access), {
      code: 'tool-failed',
    });
    const without = { ...access, find: async () => null };
    await assert.rejects(readVoice(file, { track: 0 }, without), { code: 'tool-missing' });
  });
});

describe('features of voice', () => {
  it('are the same however the sound is cut', async () => {
    const sound = noise(45);
    const expected = voiceFeatures(bandEnergies(sound));
    const bytes = new Uint8Array(sound.buffer);
    for (const piece of [bytes.length, 65_537, 8191]) {
      const stream = createEnergyStream(signal);
      for (let at = 0; at < bytes.length; at += piece)
        await stream.write(bytes.subarray(at, at + piece));
      assert.deepEqual(await stream.finish(), expected);
      await stream.close();
    }
  });

  it('are about ten a second, low for steady noise and silence, and high for syllables', () => {
    const mean = (values: Float32Array) =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const steady = voiceFeatures(bandEnergies(noise(30)));
    assert.ok(Math.abs(steady.length - 300) <= 1);
    const silent = voiceFeatures(bandEnergies(new Int16Array(30 * SAMPLE_RATE)));
    assert.ok(silent.every((feature) => feature === 0));
    const spoken = voiceFeatures(bandEnergies(noise(30, 4)));
    assert.ok(mean(spoken) > 4 * mean(steady), `${mean(spoken)} against ${mean(steady)}`);
    assert.equal(voiceFeatures(bandEnergies(new Int16Array(100))).length, 0);
  });

  it('fail when they are not wanted any more', async () => {
    const stop = new AbortController();
    const stream = createEnergyStream(stop.signal);
    stop.abort(new Error('enough'));
    await stream.write(new Uint8Array(3_000_000));
    await assert.rejects(stream.finish(), /enough/);
    await stream.close();
  });
});

/** White noise, going up and down so many times a second. */
function noise(seconds: number, syllables = 0): Int16Array<ArrayBuffer> {
  const { between } = createRandom('noise');
  return Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, index) => {
    const level = Math.cos((Math.PI * syllables * index) / SAMPLE_RATE) ** 2;
    return 6000 * level * between(-1, 1);
  });
}
