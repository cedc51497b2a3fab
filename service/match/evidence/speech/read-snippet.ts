import type { MediaTools, Place } from '../text/read-packets.ts';
import { SAMPLE_RATE } from './speech-engine.ts';

const STALL_MS = 60_000;
const BYTES_A_SAMPLE = 4;

/**
 * A place of an audio stream (its number in the file, from 0) as engines want it. Seeking makes half a minute out of
 * a film cost a tenth of a second; it is shorter where the stream ends. Throws what `RunTool` throws.
 */
export async function readSnippet(
  { run, ffmpeg, signal }: MediaTools,
  { file, stream, place }: { file: string; stream: number; place: Place },
): Promise<Float32Array> {
  const chunks: Uint8Array[] = [];
  const range = ['-ss', String(place.start), '-t', String(place.seconds)];
  const input = [...range, '-i', `file:${file}`, '-map', `0:${stream}`, '-vn', '-sn'];
  const output = ['-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 'f32le', 'pipe:1'];
  await run(ffmpeg, ['-nostdin', '-v', 'error', ...input, ...output], {
    signal,
    stallAfter: STALL_MS,
    onData: (chunk) => chunks.push(chunk),
  });
  const data = Buffer.concat(chunks);
  const samples = new Float32Array(Math.floor(data.length / BYTES_A_SAMPLE));
  for (let index = 0; index < samples.length; index++)
    samples[index] = data.readFloatLE(index * BYTES_A_SAMPLE);
  return samples;
}
