import { SAMPLE_RATE } from './speech-engine.ts';

const BYTES_A_SAMPLE = 2;
const WAV_HEAD_BYTES = 44;
const WHOLE_NUMBERS = 1;
const FULL_SCALE = 32_767;

/** Signed 16-bit little endian, without a head. */
export function pcm16(samples: Float32Array): Buffer<ArrayBuffer> {
  const data = Buffer.alloc(samples.length * BYTES_A_SAMPLE);
  for (const [index, sample] of samples.entries())
    data.writeInt16LE(
      Math.round(Math.max(-1, Math.min(1, sample)) * FULL_SCALE),
      index * BYTES_A_SAMPLE,
    );
  return data;
}

/** A WAV file of 16-bit mono (RIFF, WAVE_FORMAT_PCM). */
export function wavOf(samples: Float32Array): Buffer<ArrayBuffer> {
  const data = pcm16(samples);
  const head = Buffer.alloc(WAV_HEAD_BYTES);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(WAV_HEAD_BYTES - 8 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(WHOLE_NUMBERS, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE * BYTES_A_SAMPLE, 28);
  head.writeUInt16LE(BYTES_A_SAMPLE, 32);
  head.writeUInt16LE(8 * BYTES_A_SAMPLE, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
