import type { PlacedClip } from './cell-layout.ts';
import type { TitleKind, TitleSetSpec } from './spec.ts';
import type { Cue, TitleTruth } from './truth.ts';

interface TitleToDescribe {
  readonly titleSet: number;
  readonly spec: TitleSetSpec;
  readonly kind: TitleKind;
  readonly name: string;
  readonly clips: readonly PlacedClip[];
  readonly shared: boolean;
}

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;

function startsOf(clips: readonly PlacedClip[]): number[] {
  return clips.map((_, i) => clips.slice(0, i).reduce((sum, { clip }) => sum + clip.seconds, 0));
}

function cuesOf(clips: readonly PlacedClip[], lang: string): Cue[] {
  const starts = startsOf(clips);
  return clips.flatMap(({ clip }, i) => {
    const from = starts[i] ?? 0;
    return (clip.cues.get(lang) ?? []).map(({ start, end, text }) => ({
      start: rounded(from + start),
      end: rounded(from + end),
      text,
    }));
  });
}

/** What a reader must find on the disc; `number` is given when all titles are in order. */
export function describeTitle(title: TitleToDescribe): Omit<TitleTruth, 'number'> {
  const { titleSet, spec, kind, name, clips, shared } = title;
  const starts = startsOf(clips);
  const chapters = clips.flatMap((clip, i) =>
    clip.chapters.map((start) => rounded((starts[i] ?? 0) + start)),
  );
  return {
    titleSet,
    kind,
    name,
    seconds: rounded(clips.reduce((sum, { clip }) => sum + clip.seconds, 0)),
    chapters: chapters[0] === 0 ? chapters : [0, ...chapters],
    cells: clips.flatMap(({ cells }) => cells.map(({ key }) => key)),
    clips: clips.map(({ clip }) => clip.spec.name),
    audio: spec.audio.map(({ lang, channels = 2 }) => ({ lang, channels })),
    subtitles: spec.subtitles.map((lang) => ({ lang, cues: cuesOf(clips, lang) })),
    shared,
  };
}
