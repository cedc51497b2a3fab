import { codes } from './messages.ts';
import type { AttributeRecord, MessageRecord, RobotRecord } from './robot-record.ts';

/** Attribute ids of apdefs.h that we read. */
export const attributes = {
  type: 1,
  name: 2,
  language: 3,
  codec: 5,
  chapters: 8,
  duration: 9,
  bytes: 11,
  channels: 14,
  angle: 15,
  sourceFile: 16,
  videoSize: 19,
  aspect: 20,
  frameRate: 21,
  streamFlags: 22,
  dvdTitle: 24,
  segments: 26,
  outputFile: 27,
  volume: 32,
} as const;

/** Value codes of attribute 1. */
const types = { dvd: 6206, bluray: 6209, hddvd: 6212 } as const;
const streamTypes = { 6201: 'video', 6202: 'audio', 6203: 'subtitles' } as const;

export type Attributes = ReadonlyMap<number, { code: number; value: string }>;

export interface MakeMkvStream {
  readonly kind: 'video' | 'audio' | 'subtitles' | 'other';
  readonly attributes: Attributes;
}

/** A title that MakeMKV can save. */
export interface MakeMkvTitle {
  /** What the `mkv` command takes; counts from 0 over the titles kept, so it depends on the settings. */
  readonly index: number;
  /** Our number of it: DVD title, playlist, or 100000 + clip. Null when MakeMKV does not say. */
  readonly number: number | null;
  readonly angle: number | null;
  /** Seconds. */
  readonly duration: number;
  /** Exact; of the source, which is a little more than the MKV will have. */
  readonly bytes: number;
  readonly chapters: number;
  /** Blu-ray: clips in playing order; null for a DVD. */
  readonly clips: readonly string[] | null;
  /** Suggested name; not unique on many discs. */
  readonly outputFile: string;
  readonly streams: readonly MakeMkvStream[];
}

/** What MakeMKV says of a disc. */
export interface MakeMkvListing {
  readonly kind: 'dvd' | 'bluray' | null;
  readonly name: string;
  readonly label: string;
  readonly titles: readonly MakeMkvTitle[];
  /** How many titles it said it has. */
  readonly count: number;
  /** Our numbers of titles that are left out because another plays the same. */
  readonly duplicates: ReadonlyMap<number, number>;
  /** Our numbers of titles that are left out for another reason, in words. */
  readonly skipped: ReadonlyMap<number, string>;
}

const MOST_TITLES = 4000;
const MOST_STREAMS = 200;
/** A DVD title has at most 99, a playlist some hundred. */
const MOST_CHAPTERS = 2000;

/** Gathers the records of an `info` run. */
export class ListingBuilder {
  readonly #disc = new Map<number, { code: number; value: string }>();
  readonly #titles = new Map<number, TitleDraft>();
  readonly #duplicates = new Map<number, number>();
  readonly #skipped = new Map<number, string>();
  #count = 0;

  take(record: RobotRecord): void {
    if (record.type === 'count') this.#count = record.titles;
    if (record.type === 'attribute') this.#attribute(record);
    if (record.type === 'message') this.#leftOut(record);
  }

  build(): MakeMkvListing {
    const type = this.#disc.get(attributes.type)?.code;
    const text = (id: number) => this.#disc.get(id)?.value ?? '';
    return {
      kind: type === types.dvd ? 'dvd' : type === types.bluray ? 'bluray' : null,
      name: text(attributes.name),
      label: text(attributes.volume),
      titles: [...this.#titles]
        .sort(([a], [b]) => a - b)
        .map(([index, draft]) => titleOf(index, draft)),
      count: this.#count,
      duplicates: this.#duplicates,
      skipped: this.#skipped,
    };
  }

  #attribute({ title, stream, attribute, code, value }: AttributeRecord): void {
    if (title === null) {
      this.#disc.set(attribute, { code, value });
      return;
    }
    if (title >= MOST_TITLES || (stream ?? 0) >= MOST_STREAMS) return;
    const draft = this.#titles.get(title) ?? { attributes: new Map(), streams: new Map() };
    this.#titles.set(title, draft);
    const known = stream === null ? draft.attributes : (draft.streams.get(stream) ?? new Map());
    if (stream !== null) draft.streams.set(stream, known);
    known.set(attribute, { code, value });
  }

  /** 3027 names title set, kept and skipped title; 3309 skipped and kept playlist. */
  #leftOut({ code, params }: MessageRecord): void {
    const [first, second, third] = params.map(numberOfSource);
    if (code === codes.duplicateDvdTitle && isKnown(third) && isKnown(second))
      this.#duplicates.set(third, second);
    if (code === codes.duplicatePlaylist && isKnown(first) && isKnown(second))
      this.#duplicates.set(first, second);
    if (!isKnown(first)) return;
    if (code === codes.skippedShort)
      this.#skipped.set(first, `it is shorter than ${params[2] ?? '?'} s`);
    if (isOneOf(code, codes.fakeTitle)) this.#skipped.set(first, 'MakeMKV takes it for a fake');
    if (isOneOf(code, codes.skippedBroken)) this.#skipped.set(first, 'its tables are broken');
  }
}

interface TitleDraft {
  attributes: Map<number, { code: number; value: string }>;
  streams: Map<number, Map<number, { code: number; value: string }>>;
}

function titleOf(index: number, { attributes: found, streams }: TitleDraft): MakeMkvTitle {
  const text = (id: number) => found.get(id)?.value ?? '';
  const source = text(attributes.sourceFile) || text(attributes.dvdTitle);
  return {
    index,
    number: numberOfSource(source),
    angle: Number(text(attributes.angle)) || null,
    duration: secondsOf(text(attributes.duration)),
    bytes: Number(text(attributes.bytes)) || 0,
    chapters: Math.min(MOST_CHAPTERS, Number(text(attributes.chapters)) || 0),
    clips: text(attributes.sourceFile) === '' ? null : clipsOf(text(attributes.segments)),
    outputFile: text(attributes.outputFile),
    streams: [...streams].sort(([a], [b]) => a - b).map(([, stream]) => streamOf(stream)),
  };
}

function streamOf(found: Attributes): MakeMkvStream {
  const code = found.get(attributes.type)?.code ?? 0;
  const kind = Object.entries(streamTypes).find(([known]) => Number(known) === code)?.[1];
  return { kind: kind ?? 'other', attributes: found };
}

/** "03", "#03", "3/1", "00113.mpls", "00000.mpls(1)", "00079.m2ts" as the number of the title in our scan. */
export function numberOfSource(source: string): number | null {
  const [, playlist, kind] = /^(\d{5})\.(mpls|m2ts)\b/i.exec(source) ?? [];
  if (playlist !== undefined)
    return Number(playlist) + (kind?.toLowerCase() === 'm2ts' ? BARE_CLIP : 0);
  const [, title] = /^#?(\d{1,4})(?:\/\d+)?$/.exec(source) ?? [];
  return title === undefined ? null : Number(title);
}

/** A stream without a playlist has this plus its clip as number. */
const BARE_CLIP = 100_000;
const MOST_CLIPS = 2000;

/** "120,418,122" or "1-3,7" */
function clipsOf(segments: string): string[] {
  const clips: string[] = [];
  for (const part of segments.split(',')) {
    const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim()) ?? [];
    if (first === undefined) continue;
    for (let clip = Number(first); clip <= Math.max(Number(first), Number(last ?? first)); clip++) {
      if (clips.length === MOST_CLIPS) return clips;
      clips.push(String(clip).padStart(5, '0'));
    }
  }
  return clips;
}

/** "1:47:37" */
function secondsOf(duration: string): number {
  const parts = duration.split(':').map(Number);
  if (parts.length > 3 || parts.some(Number.isNaN)) return 0;
  return parts.reduce((seconds, part) => 60 * seconds + part, 0);
}

function isKnown(number: number | null | undefined): number is number {
  return typeof number === 'number';
}

function isOneOf(code: number, list: readonly number[]): boolean {
  return list.includes(code);
}
