import { join } from 'node:path';
import { execa } from 'execa';
import { FRAME_GRID, toFrames } from './frame-grid.ts';
import type { ClipSpec, Standard, TitleSetSpec } from './spec.ts';
import { drawCard } from './title-card.ts';

/** How the clips of a title set are encoded. */
export interface ClipFormat
  extends Pick<TitleSetSpec, 'audio' | 'subtitles' | 'size' | 'aspect' | 'videoKbps'> {
  readonly standard: Standard;
}

/** Limits of DVD-Video. */
const VIDEO_BUFFER_BITS = 1_835_008;
const MUX_BITS_PER_SECOND = 10_080_000;
const PACK_BYTES = 2048;

/** Where the speech of a language is expected. */
export function speechFile(folder: string, lang: string): string {
  return join(folder, `speech.${lang}.wav`);
}

async function pictureArguments(spec: ClipSpec, format: ClipFormat, folder: string) {
  const { rate, size: fullSize } = FRAME_GRID[format.standard];
  const size = format.size ?? fullSize;
  const { source, filters } = spec.picture ?? { source: 'testsrc2' };
  const options = `size=${size.join('x')}:rate=${rate}`;
  const graph = [...(filters ? [filters] : []), await drawCard(spec.card, { folder, size })];
  return {
    input: ['-f', 'lavfi', '-i', `${source}${source.includes('=') ? ':' : '='}${options}`],
    graph: ['-filter_complex', `[0:v]${graph.join()},format=yuv420p[v]`, '-map', '[v]'],
    size: ['-s', size.join('x')],
  };
}

function videoArguments({ standard, aspect = '16:9', videoKbps = 1900 }: ClipFormat): string[] {
  return [
    ...['-c:v', 'mpeg2video', '-aspect', aspect, '-g', `${FRAME_GRID[standard].gopFrames}`],
    ...['-b:v', `${videoKbps}k`, '-maxrate:v', `${Math.max(5000, videoKbps)}k`],
    ...['-bufsize:v', `${VIDEO_BUFFER_BITS}`],
  ];
}

function audioInputs(spec: ClipSpec, { audio }: ClipFormat, folder: string): string[] {
  return audio.flatMap(({ lang }, i) =>
    spec.voice === 'tone'
      ? ['-f', 'lavfi', '-i', `sine=frequency=${220 + 110 * i}:sample_rate=48000`]
      : ['-i', speechFile(folder, lang)],
  );
}

function audioArguments({ audio }: ClipFormat): string[] {
  const tracks = audio.flatMap(({ channels = 2, kbps = 192 }, i) => {
    return ['-map', `${i + 1}:a`, `-ac:a:${i}`, `${channels}`, `-b:a:${i}`, `${kbps}k`];
  });
  return ['-c:a', 'ac3', '-ar', '48000', ...tracks];
}

/**
 * Encodes `<folder>/program.mpg`: MPEG-2 video and AC-3 audio as dvdauthor wants them. All is spelled
 * out because ffmpeg's `-target ntsc-dvd` overrides the bit rates of single audio tracks.
 */
export async function encodeProgramStream(
  spec: ClipSpec,
  format: ClipFormat,
  folder: string,
): Promise<string> {
  const { standard } = format;
  const picture = await pictureArguments(spec, format, folder);
  // A little early, so that rounding cannot let one frame more in.
  const end = toFrames(spec.seconds, standard) - FRAME_GRID[standard].frameSeconds / 4;
  const file = join(folder, 'program.mpg');
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', ...picture.input, ...audioInputs(spec, format, folder)],
    ...[...picture.graph, '-t', `${end}`, ...picture.size],
    ...[...videoArguments(format), ...audioArguments(format)],
    ...['-f', 'dvd', '-muxrate', `${MUX_BITS_PER_SECOND}`, '-packetsize', `${PACK_BYTES}`],
    // One thread, no version strings: the same bytes from the same input.
    ...['-threads', '1', '-flags', '+bitexact', '-fflags', '+bitexact', file],
  ]);
  return file;
}
