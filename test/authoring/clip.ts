import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFont } from './authoring-tools.ts';
import { FRAME_GRID, toFrames } from './frame-grid.ts';
import type { ClipSpec, Standard, TitleSetSpec } from './spec.ts';
import { writeSpeech } from './speech.ts';
import { addSubtitles } from './subtitles.ts';
import { layOutLines } from './timeline.ts';
import type { Cue } from './truth.ts';

/** How clips of a title set are encoded. */
export interface ClipFormat
  extends Pick<TitleSetSpec, 'audio' | 'subtitles' | 'size' | 'aspect' | 'videoKbps'> {
  readonly standard: Standard;
}

export interface MadeClip {
  readonly spec: ClipSpec;
  /** Program stream, ready for dvdauthor. */
  readonly file: string;
  readonly seconds: number;
  readonly cues: ReadonlyMap<string, readonly Cue[]>;
}

const MPEG_VIDEO_BUFFER_BITS = 1_835_008;
const DVD_MUX_RATE = 10_080_000;
const PACK_BYTES = 2048;

/** Text comes from files, so that no character of it can mean anything to the filter graph. */
async function drawCard(card: readonly string[], { folder, size }: CardPlace): Promise<string> {
  const [width, height] = size;
  const font = `fontfile=${await findFont()}`;
  const box = `x=${Math.round(width / 12)}:box=1:boxcolor=black`;
  const texts = await Promise.all(
    card.map(async (text, i) => {
      const file = join(folder, `card-${i}.txt`);
      await writeFile(file, text);
      const y = Math.round(height * (0.1 + i * 0.11));
      const look = `y=${y}:fontsize=${Math.round(height / 13)}:fontcolor=white`;
      return `drawtext=${font}:textfile=${file}:expansion=none:${box}:${look}`;
    }),
  );
  const clock = `text='%{pts\\:gmtime\\:0\\:%T}':y=${Math.round(height * 0.62)}:fontcolor=yellow`;
  return [...texts, `drawtext=${font}:${clock}:fontsize=${Math.round(height / 15)}:${box}`].join();
}

interface CardPlace {
  readonly folder: string;
  readonly size: readonly [width: number, height: number];
}

function audioInput(spec: ClipSpec, track: number, wav: string): string[] {
  if (spec.voice !== 'tone') return ['-i', wav];
  return ['-f', 'lavfi', '-i', `sine=frequency=${220 + 110 * track}:sample_rate=48000`];
}

async function encode(spec: ClipSpec, format: ClipFormat, folder: string): Promise<string> {
  const { standard, audio, aspect = '16:9', videoKbps = 1900 } = format;
  const { rate, size: fullSize, frameSeconds, gopFrames } = FRAME_GRID[standard];
  const size = format.size ?? fullSize;
  const { source, filters } = spec.picture ?? { source: 'testsrc2' };
  const picture = `${source}${source.includes('=') ? ':' : '='}size=${size.join('x')}:rate=${rate}`;
  const graph = [...(filters ? [filters] : []), await drawCard(spec.card, { folder, size })];
  const file = join(folder, 'program.mpg');
  const inputs = audio.flatMap(({ lang }, i) =>
    audioInput(spec, i, join(folder, `speech.${lang}.wav`)),
  );
  const maps = audio.flatMap((_, i) => ['-map', `${i + 1}:a`]);
  const tracks = audio.flatMap(({ channels = 2, kbps = 192 }, i) => [
    ...[`-ac:a:${i}`, `${channels}`, `-b:a:${i}`, `${kbps}k`],
  ]);
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...inputs],
    ...['-filter_complex', `[0:v]${graph.join()},format=yuv420p[v]`, '-map', '[v]', ...maps],
    // A little early, so that rounding cannot let one frame more in.
    ...['-t', `${toFrames(spec.seconds, standard) - frameSeconds / 4}`],
    ...['-f', 'dvd', '-muxrate', `${DVD_MUX_RATE}`, '-packetsize', `${PACK_BYTES}`],
    ...['-c:v', 'mpeg2video', '-s', size.join('x'), '-aspect', aspect, '-g', `${gopFrames}`],
    ...['-b:v', `${videoKbps}k`, '-maxrate:v', `${Math.max(5000, videoKbps)}k`],
    ...['-bufsize:v', `${MPEG_VIDEO_BUFFER_BITS}`, '-c:a', 'ac3', '-ar', '48000', ...tracks],
    // One thread, no version strings: the same bytes from the same input.
    ...['-threads', '1', '-flags', '+bitexact', '-fflags', '+bitexact', file],
  ]);
  return file;
}

/** Makes `<folder>/<name>.mpg`. Cue times are exact to a video frame. */
export async function makeClip(
  spec: ClipSpec,
  format: ClipFormat,
  folder: string,
): Promise<MadeClip> {
  const scratch = join(folder, `${spec.name}.scratch`);
  await mkdir(scratch, { recursive: true });
  const seconds = toFrames(spec.seconds, format.standard);
  const languages = [...new Set([...format.audio.map(({ lang }) => lang), ...format.subtitles])];
  const spoken = await layOutLines({ ...spec, seconds }, languages);
  for (const [lang, cues] of spoken)
    await writeSpeech(join(scratch, `speech.${lang}.wav`), { seconds, spoken: cues });
  const cues = new Map<string, Cue[]>();
  for (const [lang, list] of spoken)
    cues.set(
      lang,
      list.map(({ start, end, text }) => ({ start, end, text })),
    );
  const streams = format.subtitles.map((lang) => cues.get(lang) ?? []);
  const program = await encode(spec, format, scratch);
  const { standard, aspect = '16:9' } = format;
  const job = { file: program, folder: scratch, standard, aspect };
  const file = join(folder, `${spec.name}.mpg`);
  await rename(await addSubtitles(job, streams), file);
  await rm(scratch, { recursive: true });
  return { spec, file, seconds, cues };
}
