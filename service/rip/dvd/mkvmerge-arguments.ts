import type { FoundTrack } from '../mkv-contents.ts';
import type { KeptAudio, KeptSubtitle, KeptTracks } from './track-choice.ts';

interface MuxPlan {
  vob: string;
  /** What mkvmerge found in the VOB. */
  tracks: readonly FoundTrack[];
  kept: KeptTracks;
  chapters: string | null;
  probe: readonly string[];
  output: string;
}

/**
 * The command line of mkvmerge: files with their options before them, tracks in the order of the
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
    ...['--gui-mode', '--ui-language', 'en_US', '--output', plan.output],
    ...['--track-order', order.join(',')],
    ...(plan.chapters === null ? [] : ['--chapters', plan.chapters]),
    ...plan.probe,
    ...(audio.length === 0
      ? ['--no-audio']
      : ['--audio-tracks', audio.map(({ id }) => id).join(',')]),
    ...audio.flatMap(audioOptions),
    plan.vob,
    ...subtitles.flatMap((track) => [...subtitleOptions(track), track.file.idx]),
  ];
}

function audioOptions({ id, language, kind, preferred }: KeptAudio & { id: number }): string[] {
  return [
    ...['--language', `${id}:${language}`],
    ...['--default-track-flag', `${id}:${yesNo(preferred)}`],
    ...(kind === 'commentary' ? ['--commentary-flag', `${id}:yes`] : []),
    ...(kind === 'visually-impaired' ? ['--visual-impaired-flag', `${id}:yes`] : []),
  ];
}

function subtitleOptions({ language, kind }: KeptSubtitle): string[] {
  return [
    ...['--language', `0:${language}`],
    ...['--default-track-flag', '0:no'],
    ...(kind === 'forced' ? ['--forced-display-flag', '0:yes'] : []),
    ...(kind === 'captions' ? ['--hearing-impaired-flag', '0:yes'] : []),
    ...(kind === 'commentary' ? ['--commentary-flag', '0:yes'] : []),
  ];
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}
