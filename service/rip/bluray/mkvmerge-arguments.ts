import { audioOptions, subtitleOptions } from '../track-options.ts';
import type { KeptTracks } from './kept-tracks.ts';

interface MuxPlan {
  /** The playlist, or a stream without one. */
  source: string;
  kept: KeptTracks;
  probe: readonly string[];
  output: string;
}

/** The arguments of mkvmerge after its modes, tracks in the order of the disc's list. */
export function mkvmergeArguments({ source, kept, probe, output }: MuxPlan): string[] {
  const { video, audio, subtitles } = kept;
  const ids = (tracks: readonly { id: number }[]) => tracks.map(({ id }) => id).join(',');
  const order = [...video, ...[...audio, ...subtitles].map(({ id }) => id)];
  return [
    ...['--output', output],
    ...['--track-order', order.map((id) => `0:${id}`).join(',')],
    ...probe,
    ...['--video-tracks', video.join(',')],
    ...(audio.length === 0 ? ['--no-audio'] : ['--audio-tracks', ids(audio)]),
    ...(subtitles.length === 0 ? ['--no-subtitles'] : ['--subtitle-tracks', ids(subtitles)]),
    ...audio.flatMap(audioOptions),
    ...subtitles.flatMap(subtitleOptions),
    source,
  ];
}
