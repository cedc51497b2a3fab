import type { AudioTrack, SubtitleTrack } from '../../contract/title.ts';
import type { DvdTitle } from '../record.ts';
import type { ProgramChain } from './program-chain.ts';

/** Private stream 1 substreams begin here; MPEG audio has stream ids of its own. */
const firstAudioId: Partial<Record<AudioTrack['codec'], number>> = {
  ac3: 0x80,
  dts: 0x88,
  sdds: 0x90,
  lpcm: 0xa0,
  mpeg: 0xc0,
};
const unknownAudioId = 0x80;
const firstSubtitleId = 0x20;

/** The audio that a chain plays: control word bit 15 present, bits 10-8 stream number. */
export function playedAudio(chain: ProgramChain, tracks: AudioTrack[]): DvdTitle['audio'] {
  const played = tracks.flatMap((track, index) => {
    const control = chain.audioControl[index] ?? 0;
    if ((control & 0x8000) === 0) return [];
    return [
      { ...track, streamId: (firstAudioId[track.codec] ?? unknownAudioId) + ((control >> 8) & 7) },
    ];
  });
  return oncePerStream(played);
}

/** The subtitles that a chain plays: bit 31 present, bits 28-24 number in 4:3, bits 20-16 in wide. */
export function playedSubtitles(
  chain: ProgramChain,
  tracks: SubtitleTrack[],
  aspect: DvdTitle['video']['aspect'],
): DvdTitle['subtitles'] {
  const shift = aspect === '16:9' ? 16 : 24;
  const played = tracks.flatMap((track, index) => {
    const control = chain.subtitleControl[index] ?? 0;
    if (control >>> 31 === 0) return [];
    return [{ ...track, streamId: firstSubtitleId + ((control >>> shift) & 31) }];
  });
  return oncePerStream(played);
}

function oncePerStream<T extends { streamId: number }>(tracks: T[]): T[] {
  const firsts = new Map<number, T>();
  for (const track of tracks) if (!firsts.has(track.streamId)) firsts.set(track.streamId, track);
  return [...firsts.values()];
}
