import type { TitleId } from '../../contract/values.ts';
import type { InsideSpan, SignalReading } from '../decide/decide-input.ts';
import type { Aligner } from '../evidence/align/aligner.ts';
import type { TitleReading } from '../evidence/align/title-vector.ts';
import { chooseAudioTrack } from '../evidence/audio-track.ts';
import { type MediaAccess, readMediaStreams } from '../evidence/media-streams.ts';
import type { SpeechEngine } from '../evidence/speech/speech-engine.ts';
import { createTextScorer, type TextScorer } from '../evidence/text/text-scorer.ts';
import { readVoice, type VoiceRange } from '../evidence/voice/read-voice.ts';
import type { Reference } from '../references/reference.ts';
import { readBySpeech } from './by-speech.ts';
import { readBySubtitleTimes } from './by-subtitle-times.ts';
import { readByText } from './by-text.ts';
import type { TitleToMeasure } from './title-to-measure.ts';

/** What one way to measure a title found out. */
export interface Finding {
  /** Takes the place of an earlier one of the same signal. */
  readonly reading?: SignalReading | null;
  readonly inside?: readonly InsideSpan[];
}

/** One way to measure a title; the cheaper come first. */
export interface Stage {
  readonly name: string;
  readonly measure: (title: TitleToMeasure) => Promise<Finding>;
}

export interface StageSources {
  readonly references: readonly Reference[];
  readonly aligner: Aligner;
  /** Its signal ends all work on the disc. */
  readonly access: MediaAccess;
  /** What is spoken, the most wanted first. */
  readonly languages: readonly string[];
  /** What understands speech here; null when nothing does. */
  readonly speech: () => Promise<SpeechEngine | null>;
  /** Whether a title of so many seconds may hold several episodes, or only a part of one. */
  readonly isOfOtherLength: (duration: number) => boolean;
}

/** Certain enough and read in a second; the whole title is listened to only when it was not. */
const MIDDLE_SECONDS = 600;
/** Below, a reference that may lie anywhere in a title lies there by chance. */
const LEAST_INSIDE_Z = 8;

/**
 * The ways to measure a title, cheapest first. What was measured of a title stays known, so that a disc that is
 * matched again, or title by title while it is ripped, is read once.
 */
export function createStages(sources: StageSources): Stage[] {
  const { aligner, access, languages, isOfOtherLength } = sources;
  const { signal } = access;
  const readings = new Map<TitleId, TitleReading>();
  let scorer: TextScorer | undefined;

  return [
    { name: 'subtitle times', measure: once(bySubtitleTimes) },
    { name: 'subtitle times of several episodes', measure: once(severalInOne) },
    { name: 'voices in the middle', measure: once((title) => byVoice(title, middleOf(title))) },
    { name: 'voices', measure: once(byWholeVoice) },
    { name: 'voices of several episodes', measure: once(severalInOne) },
    { name: 'words', measure: once(byText) },
    { name: 'speech', measure: once(bySpeech) },
  ];

  async function bySubtitleTimes(title: TitleToMeasure): Promise<Finding> {
    const reading = await readBySubtitleTimes(title.file, sources);
    if (reading === null) return {};
    const { starts, ...found } = reading;
    readings.set(title.id, { kind: 'starts', starts });
    return { reading: found };
  }

  async function byWholeVoice(title: TitleToMeasure): Promise<Finding> {
    return title.duration > MIDDLE_SECONDS ? byVoice(title, {}) : {};
  }

  async function byVoice({ id, file }: TitleToMeasure, range: Range): Promise<Finding> {
    const track = await trackOf(file);
    if (track === null) return {};
    const features = await readVoice(file, { track, ...range }, access);
    const { from = 0 } = range;
    if (readings.get(id)?.kind !== 'starts') readings.set(id, { kind: 'voice', features, from });
    const alignments = await aligner.voice(features, { signal, from });
    return { reading: { signal: 'voice', scores: alignments.map(({ z }) => z), alignments } };
  }

  async function trackOf(file: string): Promise<number | null> {
    const streams = await readMediaStreams(file, access);
    return chooseAudioTrack(
      streams.filter(({ type }) => type === 'audio'),
      languages,
    );
  }

  async function byText(title: TitleToMeasure): Promise<Finding> {
    return { reading: await readByText(title, { ...sources, scorer: scorerOf() }) };
  }

  async function bySpeech(title: TitleToMeasure): Promise<Finding> {
    const engine = await sources.speech();
    if (engine === null) return {};
    const heard = readings.get(title.id);
    const features = heard?.kind === 'voice' && heard.from === 0 ? heard.features : null;
    const needs = { ...sources, scorer: scorerOf(), engine };
    return { reading: await readBySpeech(title, needs, features) };
  }

  /** It takes a moment and some megabytes: only for discs that need it. */
  function scorerOf(): TextScorer {
    scorer ??= createTextScorer(sources.references);
    return scorer;
  }

  async function severalInOne({ id, duration }: TitleToMeasure): Promise<Finding> {
    const reading = readings.get(id);
    if (!reading || !isOfOtherLength(duration)) return {};
    const found = await aligner.inside(reading, { signal });
    const by = reading.kind === 'starts' ? ('subtitle-times' as const) : ('voice' as const);
    const inside = [...found.entries()]
      .filter(([, { z }]) => z >= LEAST_INSIDE_Z)
      .map(([reference, { parts, ...span }]) => ({ signal: by, reference, ...span }));
    return { inside };
  }
}

type Range = Pick<VoiceRange, 'from' | 'seconds'>;

function middleOf({ duration }: TitleToMeasure): Range {
  if (duration <= MIDDLE_SECONDS) return {};
  return { from: (duration - MIDDLE_SECONDS) / 2, seconds: MIDDLE_SECONDS };
}

/** Measures each title once; what failed is measured the next time. */
function once(measure: Stage['measure']): Stage['measure'] {
  const done = new Map<TitleId, { file: string; work: Promise<Finding> }>();
  return (title) => {
    const before = done.get(title.id);
    if (before?.file === title.file) return before.work;
    const work = measure(title);
    done.set(title.id, { file: title.file, work });
    work.catch(() => done.delete(title.id));
    return work;
  };
}
