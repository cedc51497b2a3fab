import { DiscflowError } from '../../../errors.ts';
import type { MediaAccess } from '../media-streams.ts';
import { SAMPLE_RATE } from './energies.ts';
import { createEnergyStream } from './energy-stream.ts';

export interface VoiceRange {
  /** Number of the audio track among those of the file, from 0. */
  readonly track: number;
  /** Seconds where listening begins; from the start when absent. */
  readonly from?: number;
  /** Seconds to listen; to the end when absent. */
  readonly seconds?: number;
}

const STALL_MS = 120_000;

/**
 * The voice activity of a title, ten features a second (see `voiceFeatures`), the first at `from`. The audio is decoded
 * once, as a stream, and a few chunks of it are held at most. Throws `tool-missing`, what `RunTool` throws, or the
 * signal's reason.
 */
export async function readVoice(
  file: string,
  { track, from = 0, seconds }: VoiceRange,
  { find, run, signal }: MediaAccess,
): Promise<Float32Array> {
  const ffmpeg = await find('ffmpeg');
  if (ffmpeg === null)
    throw new DiscflowError('tool-missing', 'There is no ffmpeg to listen to titles with', {
      hint: 'Install it: apt install ffmpeg, brew install ffmpeg, or npm install ffmpeg-static.',
    });
  const range = [
    ...(from > 0 ? ['-ss', String(from)] : []),
    ...(seconds === undefined ? [] : ['-t', String(seconds)]),
  ];
  const quick = canMixEarly(ffmpeg.version) ? ['-downmix', 'mono'] : [];
  const input = [
    '-nostdin',
    '-v',
    'error',
    ...quick,
    ...range,
    '-i',
    `file:${file}`,
    '-map',
    `0:a:${track}`,
  ];
  // Gaps in the sound are filled, so that everything stays at its time.
  const mono = ['-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', String(SAMPLE_RATE)];
  const energies = createEnergyStream(signal);
  try {
    await run(ffmpeg.path, [...input, ...mono, '-f', 's16le', 'pipe:1'], {
      signal,
      stallAfter: STALL_MS,
      onData: energies.write,
    });
    return await energies.finish();
  } finally {
    await energies.close();
  }
}

/**
 * From 5.1 on, decoders of surround sound (AC-3, DTS, TrueHD) mix it before they are done, in half of the time; others
 * do not mind the option.
 */
function canMixEarly(version: string): boolean {
  const [, major = 0, minor = 0] = /^(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  return major > 5 || (major === 5 && minor >= 1);
}
