import type { TrackChoice } from '../../contract/job.ts';
import type { AudioTrack, SubtitleTrack } from '../../contract/title.ts';
import { chosenAudio, chosenSubtitles } from '../track-choice.ts';
import { currentLanguage } from '../track-language.ts';
import type { CopiedTitle } from './copy-title.ts';
import { isAudio } from './pack.ts';
import type { SubtitleFile } from './subtitle-files.ts';

export interface KeptAudio {
  readonly streamId: number;
  readonly language: string;
  readonly kind: AudioTrack['kind'];
  /** The track that plays unless somebody chooses. */
  readonly preferred: boolean;
}

export interface KeptSubtitle {
  readonly file: SubtitleFile;
  readonly language: string;
  readonly kind: SubtitleTrack['kind'];
}

export interface KeptTracks {
  readonly audio: readonly KeptAudio[];
  readonly subtitles: readonly KeptSubtitle[];
}

/**
 * The tracks that go into the MKV, in the order of the disc's list: what the list names and the
 * stream has, then what only the stream has. A choice of languages keeps forced subtitles in any
 * language, and never removes all audio.
 */
export function keptTracks(copied: CopiedTitle, choice: TrackChoice = {}): KeptTracks {
  return {
    audio: chosenAudio(occurringAudio(copied), choice.audio),
    subtitles: chosenSubtitles(occurringSubtitles(copied), choice.subtitles),
  };
}

function occurringAudio({ title, streams }: CopiedTitle): Omit<KeptAudio, 'preferred'>[] {
  const listed = title.audio
    .filter(({ streamId }) => streams.has(streamId))
    .map(({ streamId, language, kind }) => ({
      streamId,
      language: currentLanguage(language),
      kind,
    }));
  const unlisted = [...streams.keys()]
    .filter((id) => isAudio(id) && !title.audio.some(({ streamId }) => streamId === id))
    .sort((a, b) => a - b)
    .map((streamId) => ({ streamId, language: 'und', kind: 'normal' as const }));
  return [...listed, ...unlisted];
}

function occurringSubtitles({ title, subtitles }: CopiedTitle): KeptSubtitle[] {
  const place = (id: number) => title.subtitles.findIndex(({ streamId }) => streamId === id);
  return subtitles
    .map((file) => ({ file, at: place(file.streamId) }))
    .sort((a, b) => (a.at >>> 0) - (b.at >>> 0))
    .map(({ file, at }) => ({
      file,
      language: currentLanguage(title.subtitles[at]?.language ?? 'und'),
      kind: title.subtitles[at]?.kind ?? 'normal',
    }));
}
