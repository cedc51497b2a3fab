import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { AudioCodec, ClipSpec } from './bluray-spec.ts';
import { boxCues, boxSubtitles } from './presentation-graphics.ts';

/** Small and fast to encode; what playlists say of the format does not depend on it. */
const SIZE = '320x180';

const AVC = ['-c:v', 'libx264', '-x264-params', 'aud=1:slices=1:scenecut=0'];
const HEVC = ['-c:v', 'libx265', '-x265-params', 'log-level=error:aud=1:scenecut=0'];
const encoders: Readonly<Record<AudioCodec, string>> = {
  ac3: 'ac3',
  eac3: 'eac3',
  truehd: 'truehd',
  dts: 'dca',
  lpcm: 'pcm_bluray',
};

/** Encodes H.264 or HEVC, sound and PGS into a real BDAV stream with the PIDs of Blu-ray discs. */
export async function encodeClip(
  { seconds, audio, subtitles, video, kbps = 200 }: ClipSpec,
  { clip, output }: { clip: string; output: string },
): Promise<void> {
  const tone = 200 + (Number(clip) % 50) * 20;
  const supFiles = subtitles.map((_, index) => `${output}.${index}.sup`);
  for (const [index, file] of supFiles.entries())
    await writeFile(file, boxSubtitles(boxCues(seconds), index));
  const picture = `testsrc2=size=${SIZE}:rate=24000/1001`;
  const hue = kbps > 1000 ? 'noise=alls=60:allf=t' : `hue=h=${(Number(clip) * 37) % 360}`;
  const inputs = [
    ...['-f', 'lavfi', '-i', picture],
    ...audio.flatMap((_, index) => [
      ...['-f', 'lavfi', '-i', `sine=frequency=${tone + 150 * index}:sample_rate=48000`],
    ]),
    ...supFiles.flatMap((file) => ['-i', file]),
  ];
  const streams = Array.from({ length: 1 + audio.length + supFiles.length }, (_, i) => i);
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', ...inputs, '-t', String(seconds)],
    ...streams.flatMap((index) => ['-map', `${index}`]),
    ...['-vf', hue, ...(video === 'hevc' ? HEVC : AVC), '-preset', 'ultrafast', '-threads', '1'],
    ...['-g', '24', '-b:v', `${kbps}k`, '-pix_fmt', 'yuv420p', '-c:s', 'copy'],
    ...audio.flatMap(({ codec = 'ac3', channels = 2 }, index) => [
      ...[`-c:a:${index}`, encoders[codec], `-ac:a:${index}`, `${channels}`],
      ...(codec.endsWith('ac3') ? [`-b:a:${index}`, '96k'] : []),
    ]),
    // ffmpeg calls its encoders of TrueHD and DTS experimental.
    ...['-strict', '-2'],
    ...['-f', 'mpegts', '-mpegts_m2ts_mode', '1', output],
  ]);
}
