import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { execa } from 'execa';
import type { Episode } from './episode.ts';
import type { Random } from './random.ts';

const RATE = 16_000;
const SYLLABLES_PER_SECOND = 4.5;
/** Peak of the voice, of full scale. */
const VOICE = 0.35;

interface Soundtrack {
  /** Peak of the noise under everything, of full scale. */
  readonly noise: number;
  /** Stretches of music a minute. */
  readonly music: number;
}

/**
 * Something that sounds like an episode to a detector of voices: noise of the band of speech that goes up and down in
 * syllables while lines are spoken, softer noise under everything, and chords at times.
 */
export async function makeSoundtrack(
  random: Random,
  { lines, duration }: Episode,
  { noise, music }: Soundtrack,
  file: string,
): Promise<void> {
  const raw = `${file}.raw`;
  const out = createWriteStream(raw);
  const chords = Array.from({ length: Math.round((music * duration) / 60) }, () => ({
    from: random.between(0, duration),
    seconds: random.logNormal(6, 0.5),
    pitch: random.between(110, 440),
  }));
  const voice = createVoice(random);
  let hum = 0;
  let next = 0;
  for (let second = 0; second < duration; second++) {
    const samples = new Int16Array(RATE);
    for (let index = 0; index < RATE; index++) {
      const time = second + index / RATE;
      while ((lines[next]?.end ?? Number.POSITIVE_INFINITY) < time) next++;
      const isSpoken = (lines[next]?.start ?? Number.POSITIVE_INFINITY) <= time;
      hum = 0.9 * hum + 0.3 * noise * random.between(-1, 1);
      let sample = hum + voice(time, isSpoken);
      for (const { from, seconds, pitch } of chords)
        if (time >= from && time < from + seconds)
          sample += 0.08 * Math.sin(2 * Math.PI * pitch * time);
      samples[index] = Math.round(32_000 * Math.max(-1, Math.min(1, sample)));
    }
    if (!out.write(Buffer.from(samples.buffer))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  const input = ['-f', 's16le', '-ar', String(RATE), '-ac', '1', '-i', raw];
  const surround = ['-ar', '48000', '-ac', '6', '-c:a', 'ac3', '-b:a', '448k', file];
  await execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...input, ...surround]);
  await rm(raw);
}

/** Noise between about 300 and 3,000 Hz by two filters of the first order, louder in the middle of a syllable. */
function createVoice(random: Random): (time: number, isSpoken: boolean) => number {
  let low = 0;
  let lower = 0;
  const phase = random.between(0, 1);
  return (time, isSpoken) => {
    if (!isSpoken) return 0;
    low += 0.6 * (random.between(-1, 1) - low);
    lower += 0.1 * (low - lower);
    const syllable = Math.sin(Math.PI * (SYLLABLES_PER_SECOND * time + phase)) ** 2;
    return 2 * VOICE * (low - lower) * syllable;
  };
}
