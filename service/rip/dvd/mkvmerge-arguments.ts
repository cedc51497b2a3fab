import type { FoundTrack } from '../../tools/mkv-contents.ts';
import { audioOptions, subtitleOptions } from '../track-options.ts';
import type { KeptTracks } from './track-choice.ts';

interface MuxPlan {
  vob: string;
  /** What mkvmerge found in the VOB. */
  tracks: readonly Pick<FoundTrack, 'id' | 'type' | 'streamId'>[];
  kept: KeptTracks;
  chapters: string | null;
  probe: readonly string[];
  output: string;
}

/**
 * The arguments of mkvmerge after its modes: files with their options before them, tracks in the order of the
 * disc's list.
 */
export function mkvmergeArguments(plan: MuxPlan): string[] {
  const video = plan.tracks.filter(({ type }) => type === 'video').map(({ id }) => id);
  const audio = plan.kept.audio.flatMap((track) => {
    const id = plan.tracks.find(({ streamId }) => streamId === track.streamId)?.id;
    return id === undefined ? [] : [{ ...track, id }];
  });
  const subtitles = plan.kept.subtitles;
  const order = [
    ...[...video, ...audio.map(({ id }) => id)].map((id) => `0:${id}`),
    ...subtitles.map((_, index) => `${index + 1}:0`),
  ];
  return [
    ...['--output', plan.output],
    ...['--track-order', order.join(',')],
    ...(plan.chapters === null ? [] : ['--chapters', plan.chapters]),
    ...plan.probe,
    ...(audio.length === 0
      ? ['--no-audio']
      : ['--audio-tracks', audio.map(({ id }) => id).join(',')]),
    ...audio.flatMap(audioOptions),
    plan.vob,
    ...subtitles.flatMap((track) => [...subtitleOptions({ ...track, id: 0 }), track.file.idx]),
  ];
}
