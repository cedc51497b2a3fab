import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createAligner } from '../../../service/match/evidence/align/aligner.ts';
import type { Alignment } from '../../../service/match/evidence/align/alignment.ts';
import type { MediaAccess } from '../../../service/match/evidence/media-streams.ts';
import { readSubtitleStarts } from '../../../service/match/evidence/subtitle-times/read-starts.ts';
import { readVoice } from '../../../service/match/evidence/voice/read-voice.ts';
import { median, timed } from '../statistics.ts';
import type { SpeedTitle } from './speed-title.ts';

/** What it takes to compare a title of 44 minutes with 24 episodes. */
export interface SpeedLine {
  readonly what: string;
  /** Milliseconds: the middle of the runs, and of them the time that reading the file took. */
  readonly ms: number;
  readonly reading: number;
  /** Milliseconds that processors worked for it in all, programs included: what is left on a busy machine. */
  readonly cpu: number;
  readonly goal: number | null;
}

const RUNS = 5;
const SUBTITLES_MS = 1000;
const AUDIO_MS = 4000;
const MIDDLE_SECONDS = 600;

type Reading =
  | { readonly starts: readonly number[] }
  | { readonly features: Float32Array; readonly from: number };

/** Every run has fresh threads and spectra, as the first title of a disc has. */
export async function measureSpeed(title: SpeedTitle, access: MediaAccess): Promise<SpeedLine[]> {
  const starts = (codec: 'pgs' | 'vobsub') => async () => {
    const [track] = await readSubtitleStarts(title.files[codec], access);
    return { starts: track?.starts ?? [] };
  };
  const voice = (range: { from: number; seconds?: number }) => async () => {
    const features = await readVoice(title.files.pgs, { track: 0, ...range }, access);
    return { features, from: range.from };
  };
  const gigabytes = ((await stat(title.files.pgs)).size / 1e9).toFixed(1);
  const middle = { from: 1000, seconds: MIDDLE_SECONDS };
  const of = `of ${gigabytes} GB`;
  return [
    await measure(`PGS subtitles ${of}`, title, starts('pgs'), SUBTITLES_MS),
    await measure(`VobSub subtitles ${of}`, title, starts('vobsub'), SUBTITLES_MS),
    await measure('audio, ten minutes', title, voice(middle), null),
    await measure('audio, whole', title, voice({ from: 0 }), AUDIO_MS),
  ];
}

async function measure(
  what: string,
  { references, episode }: SpeedTitle,
  read: () => Promise<Reading>,
  goal: number | null,
): Promise<SpeedLine> {
  const { signal } = new AbortController();
  const runs: number[] = [];
  const readings: number[] = [];
  const worked: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = cpuMs();
    runs.push(
      await timed(async () => {
        const aligner = createAligner(references);
        const began = performance.now();
        const reading = await read();
        readings.push(performance.now() - began);
        const found =
          'starts' in reading
            ? await aligner.subtitleTimes(reading.starts, { signal })
            : await aligner.voice(reading.features, { from: reading.from, signal });
        await aligner.close();
        if (bestOf(found) !== episode) throw new Error(`${what} found another episode`);
      }),
    );
    worked.push(cpuMs() - before);
  }
  return { what, ms: median(runs), reading: median(readings), cpu: median(worked), goal };
}

/** Of this process with its threads, and of programs that have ended: fields 14 to 17 of /proc/self/stat (proc(5)). */
function cpuMs(): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stats = readFileSync('/proc/self/stat', 'utf8');
  const ticks = stats
    .slice(stats.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  return ticks.reduce((sum, value) => sum + 10 * Number(value), 0);
}

function bestOf(alignments: readonly Alignment[]): number {
  const z = (index: number) => alignments[index]?.z ?? 0;
  return [...alignments.keys()].reduce((best, index) => (z(index) > z(best) ? index : best), 0);
}

export function speedInWords({ what, ms, reading, cpu, goal }: SpeedLine): string {
  const seconds = (value: number) => `${(value / 1000).toFixed(2)} s`;
  const aim =
    goal === null ? '' : ` | goal ${seconds(goal)} | ${ms <= goal ? 'reached' : 'MISSED'}`;
  return `${what.padEnd(34)} | ${seconds(ms)} | of it reading ${seconds(reading)} | processors ${seconds(cpu)}${aim}`;
}
