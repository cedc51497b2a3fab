import type { Title } from '../../contract/title.ts';
import type { Relation, ScannedTitle } from '../../scan/record.ts';

/** What the analysis needs to know of a title; every source says it alike, and null is "nobody knows". */
export interface TitleFacts {
  /** DVD: title; Blu-ray: playlist, or 100000 + clip for a stream that no playlist plays. */
  number: number;
  /** Seconds. */
  duration: number;
  bytes: number | null;
  chapters: number | null;
  relation: Relation | null;
  /** Whether what it plays was compared with the other titles; if not, a missing relation means nothing. */
  compared: boolean;
  /** The clips that are played one after another: how many, and for how many seconds each. */
  parts: { count: number; seconds: readonly number[] | null } | null;
  /** What the title is on; it sets what bit rates are usual. */
  medium: 'dvd' | 'bluray' | null;
  /** Lines of the picture. */
  height: number | null;
  audioTracks: number | null;
  subtitleTracks: number | null;
}

/** Numbers of titles that are streams without a playlist begin here. */
const BARE_STREAMS = 100_000;
/** Lines of the picture of a PAL DVD. */
const HIGHEST_DVD = 576;

export function isBareStream({ number }: TitleFacts): boolean {
  return number >= BARE_STREAMS;
}

/** The facts of a title as it was scanned, whatever read it. */
export function factsOfScanned(title: ScannedTitle): TitleFacts {
  const { number, duration, relation, chapters, video, audio, subtitles } = title;
  const share = shareOfContent(title);
  return {
    number,
    duration: duration * share,
    bytes: known(Math.round(title.bytes * share)),
    chapters: chapters.length,
    relation,
    compared: !('clips' in title) || title.clips !== null,
    parts: partsOf(title),
    medium: mediumOf(title),
    height: known(video.height),
    audioTracks: audio.length,
    subtitleTracks: subtitles.length,
  };
}

/** The facts of a job's title: the relation that the scan found is read from the role it led to. */
export function factsOfTitle(title: Title): TitleFacts {
  const { number, duration, chapters, role, related, video, audio, subtitles } = title;
  const of = related.map((id) => Number(id.slice(1)));
  return {
    number,
    duration,
    bytes: known(title.bytes),
    chapters,
    relation: of.length > 0 ? { kind: relationOf(role, of), of } : null,
    compared: true,
    parts: null,
    medium: (video?.height ?? 0) > HIGHEST_DVD ? 'bluray' : null,
    height: known(video?.height ?? 0),
    audioTracks: audio.length,
    subtitleTracks: subtitles.length,
  };
}

function partsOf(title: ScannedTitle): TitleFacts['parts'] {
  if ('items' in title) {
    const seconds = title.items.map((item) => (item.out - item.in) / 45_000);
    return { count: seconds.length, seconds };
  }
  if ('clips' in title && title.clips) return { count: title.clips.length, seconds: null };
  return null;
}

function mediumOf(title: ScannedTitle): TitleFacts['medium'] {
  if ('cells' in title) return 'dvd';
  return 'items' in title || title.video.height > HIGHEST_DVD ? 'bluray' : null;
}

/** A menu that loops for hours holds no more than it shows in one round. */
function shareOfContent(title: ScannedTitle): number {
  if (!('items' in title)) return 1;
  const seen = new Set<string>();
  let [all, once] = [0, 0];
  for (const item of title.items) {
    const [length, key] = [item.out - item.in, `${item.clip} ${item.in} ${item.out}`];
    all += length;
    if (!seen.has(key)) once += length;
    seen.add(key);
  }
  return all > 0 ? once / all : 1;
}

/** A decoy that names a single title is that one's play-all, shuffled: nothing of its own, as a repetition. */
function relationOf(role: Title['role'], of: readonly number[]): Relation['kind'] {
  if (role === 'decoy' && of.length === 1) return 'duplicate';
  return role === 'play-all' || role === 'duplicate' || role === 'decoy' ? role : 'cut';
}

function known(figure: number): number | null {
  return figure === 0 ? null : figure;
}
