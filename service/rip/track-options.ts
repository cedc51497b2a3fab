import type { AudioTrack, SubtitleTrack } from '../contract/title.ts';

interface MkvAudio extends Pick<AudioTrack, 'language' | 'kind'> {
  /** mkvmerge's number of the track in its file. */
  readonly id: number;
  readonly preferred: boolean;
}

/** What mkvmerge is told of an audio track, before its file. */
export function audioOptions({ id, language, kind, preferred }: MkvAudio): string[] {
  return [
    ...['--language', `${id}:${language}`],
    ...['--default-track-flag', `${id}:${preferred ? 'yes' : 'no'}`],
    ...(kind === 'commentary' ? ['--commentary-flag', `${id}:yes`] : []),
    ...(kind === 'visually-impaired' ? ['--visual-impaired-flag', `${id}:yes`] : []),
  ];
}

interface MkvSubtitle extends Pick<SubtitleTrack, 'language' | 'kind'> {
  readonly id: number;
}

/** What mkvmerge is told of a subtitle track, before its file. */
export function subtitleOptions({ id, language, kind }: MkvSubtitle): string[] {
  return [
    ...['--language', `${id}:${language}`],
    ...['--default-track-flag', `${id}:no`],
    ...(kind === 'forced' ? ['--forced-display-flag', `${id}:yes`] : []),
    ...(kind === 'captions' ? ['--hearing-impaired-flag', `${id}:yes`] : []),
    ...(kind === 'commentary' ? ['--commentary-flag', `${id}:yes`] : []),
  ];
}
