import type { MuxJob } from './muxer.ts';
import type { KeptAudio, KeptSubtitle } from './track-choice.ts';

/** Enough to meet audio tracks that begin late. */
const PROBE = ['-probesize', '64M', '-analyzeduration', '120M'];

/** The arguments of ffmpeg for {@link MuxJob}, with the chapters in `metadata`. */
export function ffmpegArguments(job: MuxJob & { metadata: string }): string[] {
  const { audio, subtitles } = job.kept;
  return [
    ...['-fflags', '+genpts', ...PROBE, '-i', job.copied.vob],
    ...subtitles.flatMap(({ file }) => ['-f', 'vobsub', '-i', file.idx]),
    ...['-f', 'ffmetadata', '-i', job.metadata],
    ...['-map', '0:v:0'],
    ...audio.flatMap(({ streamId }) => ['-map', `0:i:0x${streamId.toString(16)}`]),
    ...subtitles.flatMap((_, index) => ['-map', `${index + 1}:s:0`]),
    ...['-map_metadata', '-1', '-map_chapters', String(subtitles.length + 1), '-c', 'copy'],
    ...['-disposition:v:0', 'default'],
    ...audio.flatMap(audioOptions),
    ...subtitles.flatMap(subtitleOptions),
    ...['-f', 'matroska', job.output],
  ];
}

/** Chapters in ffmpeg's metadata format, in milliseconds as everywhere in the MKV. */
export function chapterMetadata(starts: readonly number[], duration: number): string {
  const chapters = starts.map((start, index) => {
    const end = starts[index + 1] ?? Math.max(duration, start);
    const times = `START=${Math.round(start * 1000)}\nEND=${Math.round(end * 1000)}`;
    return `[CHAPTER]\nTIMEBASE=1/1000\n${times}\ntitle=Chapter ${index + 1}\n`;
  });
  return [';FFMETADATA1\n', ...chapters].join('');
}

function audioOptions({ language, kind, preferred }: KeptAudio, index: number): string[] {
  const flags = [
    ...(preferred ? ['default'] : []),
    ...(kind === 'commentary' ? ['comment'] : []),
    ...(kind === 'visually-impaired' ? ['visual_impaired'] : []),
  ];
  return streamOptions(`a:${index}`, language, flags);
}

function subtitleOptions({ language, kind }: KeptSubtitle, index: number): string[] {
  const flags = [
    ...(kind === 'forced' ? ['forced'] : []),
    ...(kind === 'captions' ? ['hearing_impaired'] : []),
    ...(kind === 'commentary' ? ['comment'] : []),
  ];
  return streamOptions(`s:${index}`, language, flags);
}

function streamOptions(stream: string, language: string, flags: readonly string[]): string[] {
  return [
    ...[`-metadata:s:${stream}`, `language=${language}`],
    ...[`-disposition:${stream}`, flags.join('+') || '0'],
  ];
}
