import FFT from 'fft.js';

/** Samples a second, mono. */
export const SAMPLE_RATE = 16_000;
/** A window of 32 ms every 20 ms. */
export const WINDOW = 512;
export const HOP = 320;

/** 312 to 3,400 Hz, where speech is and most music and effects are not only. */
const FIRST_BIN = 10;
const LAST_BIN = 109;
const FULL_SCALE = 32_768;
/** Energy of digital silence, far below any noise. */
const FLOOR = 1e-9;

const hann = Float64Array.from(
  { length: WINDOW },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW),
);

/** Natural logarithms of the energy in the band of speech, one a hop, for every whole window. */
export function bandEnergies(samples: Int16Array): Float32Array {
  const transform = new FFT(WINDOW);
  const input = new Float64Array(WINDOW);
  const spectrum = new Float64Array(2 * WINDOW);
  const count = Math.max(0, Math.floor((samples.length - WINDOW) / HOP) + 1);
  const energies = new Float32Array(count);
  for (let hop = 0; hop < count; hop++) {
    for (let index = 0; index < WINDOW; index++)
      input[index] = ((samples[hop * HOP + index] ?? 0) / FULL_SCALE) * (hann[index] ?? 0);
    transform.realTransform(spectrum, input);
    let energy = FLOOR;
    for (let at = 2 * FIRST_BIN; at <= 2 * LAST_BIN + 1; at++) energy += (spectrum[at] ?? 0) ** 2;
    energies[hop] = Math.log(energy);
  }
  return energies;
}
