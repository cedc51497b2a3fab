import type { SignalReading } from '../decide/decide-input.ts';
import { chooseAudioTrack } from '../evidence/audio-track.ts';
import { type MediaAccess, readMediaStreams } from '../evidence/media-streams.ts';
import { dialogueByVoice, richPlaces } from '../evidence/rich-places.ts';
import { hearSnippets } from '../evidence/speech/hear-snippets.ts';
import type { SpeechEngine } from '../evidence/speech/speech-engine.ts';
import { type Snippet, scoreSnippets } from '../evidence/text/snippets.ts';
import { standingOf } from '../evidence/text/standing.ts';
import type { TextScorer } from '../evidence/text/text-scorer.ts';
import { sameLanguage } from '../references/language.ts';
import type { Reference } from '../references/reference.ts';
import type { TitleToMeasure } from './title-to-measure.ts';

export interface SpeechSources {
  readonly scorer: Pick<TextScorer, 'score'>;
  readonly references: readonly Reference[];
  readonly access: MediaAccess;
  readonly languages: readonly string[];
  readonly engine: SpeechEngine;
}

/** As many as tell the episodes of a season apart when every other word is misheard, and some to spare. */
const PLACES = { count: 5, seconds: 30 };
/** So far ahead of every other episode, over two places and more, nothing else catches up. */
const CLEAR = 2;
const FEWEST_HEARD = 2;

/**
 * A title against all references by what is said at a few places where voices are heard, one after the other until
 * one episode is clear; null when the engine does not speak its language, or no reference is in it.
 */
export async function readBySpeech(
  { file, duration }: Pick<TitleToMeasure, 'file' | 'duration'>,
  { scorer, references, access, languages, engine }: SpeechSources,
  /** Voice activity of the whole title, where it was measured. */
  features: Float32Array | null,
): Promise<SignalReading | null> {
  const ffmpeg = await access.find('ffmpeg');
  const streams = await readMediaStreams(file, access);
  const tracks = streams.filter(({ type }) => type === 'audio');
  const track = tracks[chooseAudioTrack(tracks, languages) ?? -1];
  if (ffmpeg === null || !track) return null;
  const { stream, language } = track;
  const isReferred = references.some((one) => sameLanguage(one.language, language));
  if (!isReferred || !(await engine.speaks(language))) return null;
  const said = features ? dialogueByVoice(features) : new Float32Array(Math.floor(duration));
  const places = richPlaces(said, PLACES);
  const tools = { run: access.run, ffmpeg: ffmpeg.path, signal: access.signal };
  const heard: Snippet[] = [];
  for await (const snippet of hearSnippets(tools, { engine, file, stream, language, places })) {
    heard.push(snippet);
    const { ratio } = standingOf(scoreSnippets(scorer, heard), references);
    if (heard.length >= FEWEST_HEARD && ratio >= CLEAR) break;
  }
  const isSilent = heard.every(({ words }) => words.length === 0);
  return isSilent ? null : { signal: 'speech', scores: scoreSnippets(scorer, heard) };
}
