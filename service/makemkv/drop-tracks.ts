import { rm } from 'node:fs/promises';
import type { TrackChoice } from '../contract/job.ts';
import { type Mkvmerge, runMkvmerge } from '../rip/run-mkvmerge.ts';
import { chosenAudio, chosenSubtitles } from '../rip/track-choice.ts';
import { currentLanguage } from '../rip/track-language.ts';
import { identify } from '../tools/mkv-contents.ts';

interface Options {
  readonly choice: TrackChoice;
  readonly output: string;
  readonly signal: AbortSignal;
}

/**
 * Leaves out the tracks that nobody wants: MakeMKV saves all, because its own choice is one setting for all discs.
 * Audio is never removed altogether, forced subtitles stay in any language. @returns the file that remains.
 * Throws the errors of the tool runner.
 */
export async function dropTracks(
  program: Mkvmerge,
  file: string,
  { choice, output, signal }: Options,
): Promise<string> {
  if (!choice.audio && !choice.subtitles) return file;
  const { tracks } = await identify({ ...program, signal }, file);
  const named = tracks.map((track) => ({ ...track, language: currentLanguage(track.language) }));
  const audio = named.filter(({ type }) => type === 'audio');
  const subtitles = named.filter(({ type }) => type === 'subtitles');
  const keptAudio = chosenAudio(audio, choice.audio);
  const keptSubtitles = chosenSubtitles(subtitles, choice.subtitles);
  if (keptAudio.length === audio.length && keptSubtitles.length === subtitles.length) return file;
  const args = [
    ...tracksOption('audio', keptAudio),
    ...tracksOption('subtitle', keptSubtitles),
    ...keptAudio.flatMap(({ id, preferred }) => [
      '--default-track-flag',
      `${id}:${preferred ? 'yes' : 'no'}`,
    ]),
    file,
  ];
  await runMkvmerge(program, ['--output', output, ...args], { signal });
  await rm(file);
  return output;
}

function tracksOption(kind: 'audio' | 'subtitle', kept: readonly { id: number }[]): string[] {
  if (kept.length > 0) return [`--${kind}-tracks`, kept.map(({ id }) => id).join(',')];
  return [kind === 'audio' ? '--no-audio' : '--no-subtitles'];
}
