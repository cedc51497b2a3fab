import type { TitleId } from '../../contract/values.ts';
import type { InsideSpan, SignalReading } from '../decide/decide-input.ts';
import type { Aligner } from '../evidence/align/aligner.ts';
import type { TitleReading } from '../evidence/align/title-vector.ts';
import { chooseAudioTrack } from '../evidence/audio-track.ts';
import { type MediaAccess, readMediaStreams } from '../evidence/media-streams.ts';
import { createTextScorer, type TextScorer } from '../evidence/text/text-scorer.ts';
import { readVoice, type VoiceRange } from '../evidence/voice/read-voice.ts';
import type { Reference } from '../references/reference.ts';
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
  /** Seconds that an episode usually takes; null when nobody knows. */
  readonly usual: number | null;
}

/** Certain enough and read in a second; the whole title is listened to only when it was not. */
const MIDDLE_SECONDS = 600;
/** A title so much longer or shorter than an episode may hold several, or only a part. */
const SEVERAL = 1.5;
const PART = 0.6;
/** Below, a reference that may lie anywhere in a title lies there by chance. */
const LEAST_INSIDE_Z = 8;

/**
 * The ways to measure a title, cheapest first. What was measured of a title stays known, so that a disc that is
 * matched again, or title by title while it is ripped, is read once.
 */
export function createStages(sources: StageSources): Stage[] {
  const { aligner, access, languages, usual } = sources;
  const { signal } = access;
  const readings = new Map<TitleId, TitleReading>();
  let scorer: TextScorer | undefined;

  return [
    { name: 'subtitle times', measure: once(bySubtitleTimes) },
    { name: 'voices in the middle', measure: once((title) => byVoice(title, middleOf(title))) },
    { name: 'voices', measure: once(byWholeVoice) },
    { name: 'several episodes in one', measure: once(severalInOne) },
    { name: 'words', measure: once(byText) },
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
    scorer ??= createTextScorer(sources.references);
    return { reading: await readByText(title, { ...sources, scorer }) };
  }

  async function severalInOne({ id, duration }: TitleToMeasure): Promise<Finding> {
    const reading = readings.get(id);
    const isOther = usual !== null && (duration >= SEVERAL * usual || duration <= PART * usual);
    if (!reading || !isOther) return {};
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
