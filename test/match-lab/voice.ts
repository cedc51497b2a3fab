import type { Episode } from './episode.ts';
import type { Random } from './random.ts';

const PER_SECOND = 10;

/**
 * Voice activity as a detector sees it, ten values a second: speech ends up to a third before its subtitle does, and
 * a share of the time is wrong in bursts of about 1.5 seconds.
 */
export function drawVoice(random: Random, { lines, duration }: Episode, wrong: number) {
  const voice = new Float32Array(Math.ceil(duration * PER_SECOND));
  for (const { start, end } of lines) {
    const from = start + 0.15 * random.normal();
    const to = start + (end - start) * random.between(0.7, 1);
    voice.fill(1, Math.max(0, Math.round(from * PER_SECOND)), Math.ceil(to * PER_SECOND));
  }
  for (let flipped = 0; flipped < wrong * duration; ) {
    const length = random.logNormal(1.5, 0.8);
    const from = Math.round(random.between(0, duration) * PER_SECOND);
    const to = Math.min(voice.length, from + Math.round(length * PER_SECOND));
    for (let index = from; index < to; index++) voice[index] = 1 - (voice[index] ?? 0);
    flipped += length;
  }
  return voice;
}
