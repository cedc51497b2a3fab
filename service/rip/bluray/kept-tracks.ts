import type { TrackChoice } from '../../contract/job.ts';
import type { AudioTrack, SubtitleTrack } from '../../contract/title.ts';
import type { BlurayTitle } from '../../scan/record.ts';
import type { FoundTrack } from '../../tools/mkv-contents.ts';
import { chosenAudio, chosenSubtitles } from '../track-choice.ts';
import { currentLanguage } from '../track-language.ts';

/** mkvmerge's track with what the disc says of it. */
interface Known<Kind> {
  id: number;
  language: string;
  kind: Kind;
}

export interface KeptTracks {
  video: number[];
  audio: (Known<AudioTrack['kind']> & { preferred: boolean })[];
  subtitles: Known<SubtitleTrack['kind']>[];
}

/** The PIDs of the small picture of picture-in-picture (BD-ROM part 3): no part of the film. */
const secondaryVideo = { from: 0x1b00, to: 0x1b1f };

/**
 * The tracks that go into the MKV, in the order of the disc's list; behind them what mkvmerge found
 * and the list does not name. One stream may be two tracks: TrueHD and the AC-3 inside it.
 */
export function keptTracks(
  found: readonly FoundTrack[],
  title: Pick<BlurayTitle, 'audio' | 'subtitles'>,
  choice: TrackChoice = {},
): KeptTracks {
  const ofType = (type: string) => found.filter((track) => track.type === type);
  const audio = inListOrder(ofType('audio'), title.audio);
  const subtitles = inListOrder(ofType('subtitles'), title.subtitles);
  return {
    video: ofType('video')
      .filter(({ streamId = 0 }) => streamId < secondaryVideo.from || streamId > secondaryVideo.to)
      .map(({ id }) => id),
    audio: chosenAudio(audio, choice.audio),
    subtitles: chosenSubtitles(subtitles, choice.subtitles),
  };
}

function inListOrder<Kind extends string>(
  found: readonly FoundTrack[],
  listed: readonly { streamId: number; language: string; kind: Kind }[],
): Known<Kind | 'normal'>[] {
  const place = (track: FoundTrack) =>
    listed.findIndex(({ streamId }) => streamId === track.streamId);
  return found
    .map((track) => ({ track, at: place(track) }))
    .sort((a, b) => (a.at >>> 0) - (b.at >>> 0))
    .map(({ track: { id }, at }) => ({
      id,
      language: currentLanguage(listed[at]?.language ?? 'und'),
      kind: listed[at]?.kind ?? 'normal',
    }));
}
