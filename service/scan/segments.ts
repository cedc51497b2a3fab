import type { PlayItem, ScannedTitle } from './record.ts';

/** A stretch of the disc that a title plays. */
export interface Segment {
  /** The same for the same stretch, in whatever title. */
  key: string;
  /** Sectors of a DVD's cell, bytes of a Blu-ray's clip; null where nobody tells. */
  weight: number | null;
}

/** What relations are found from, the same for every source. */
export interface Playable {
  number: number;
  /** Seconds. */
  duration: number;
  /** Exact; null where only a rounded figure is known. */
  bytes: number | null;
  /** How much care its makers took: chapters and tracks. Of equal titles the richest is the original. */
  richness: number;
  /** In playing order; null where they cannot be compared between titles. */
  segments: readonly Segment[] | null;
}

/** A title as the ordered list of what it plays, weighed by how much that is. */
export interface SegmentList {
  number: number;
  /** In playing order; what is played twice counts where it comes first. */
  keys: string[];
  /** Comparable within one disc. */
  weights: ReadonlyMap<string, number>;
  total: number;
  /** The same for titles that play the same segments in the same order. */
  signature: string;
}

/** Ends of play items that are this close are one and the same edit, 45 kHz. */
const SAME_EDIT = 45_000;
/** A clip that is cut into more pieces than this is no film but a trick or a game; its items are left whole. */
const MOST_EDITS = 200;
/** Cutting the items of a disc made to mislead at all its edits would fill the memory; those are left whole, too. */
const MOST_STRETCHES = 1_000_000;
/** What lengths alone cannot weigh still counts for something. */
const SMALLEST_WEIGHT = 0.1;

/** Takes from scanned titles what they play, cut at every edit of the disc so that stretches can be compared. */
export function playablesOf(titles: readonly ScannedTitle[]): Playable[] {
  const edits = editsOf(titles.flatMap((title) => ('items' in title ? title.items : [])));
  return titles.map((title) => ({
    number: title.number,
    duration: title.duration,
    bytes: title.bytes === 0 ? null : title.bytes,
    richness: title.chapters.length + 100 * (title.audio.length + title.subtitles.length),
    segments: segmentsOf(title, edits),
  }));
}

/** Weighs the segments of all titles of a disc. */
export function segmentListsOf(titles: readonly Playable[]): SegmentList[] {
  const estimates = estimateWeights(titles);
  return titles.map(({ number, segments }) => {
    const all = segments ?? [];
    const weights = new Map(
      all.map(({ key, weight }) => [key, weight ?? estimates.get(key) ?? SMALLEST_WEIGHT]),
    );
    return {
      number,
      keys: [...weights.keys()],
      weights,
      total: [...weights.values()].reduce((sum, weight) => sum + weight, 0),
      signature: all.map(({ key }) => key).join(' '),
    };
  });
}

/** How much of `list` is also in `other`. */
export function sharedWeight(list: SegmentList, other: ReadonlyMap<string, unknown>): number {
  let shared = 0;
  for (const [key, weight] of list.weights) if (other.has(key)) shared += weight;
  return shared;
}

function segmentsOf(title: ScannedTitle, edits: Edits): Segment[] | null {
  if ('cells' in title)
    return title.cells.map(({ key, firstSector, lastSector }) => ({
      key,
      weight: lastSector - firstSector + 1,
    }));
  if ('items' in title) return title.items.flatMap((item) => stretchesOf(item, edits));
  return title.clips?.map((key) => ({ key, weight: null })) ?? null;
}

/** Clip → the times at which titles begin and end in it, in order. */
type Edits = ReadonlyMap<string, readonly number[]>;

/** An episode and the play-all may leave one clip at times that differ by some frames. */
function editsOf(items: readonly PlayItem[]): Edits {
  const times = new Map<string, Set<number>>();
  for (const { clip, in: from, out } of items) {
    const known = times.get(clip) ?? new Set();
    times.set(clip, known.add(from).add(out));
  }
  const edits = new Map<string, number[]>();
  for (const [clip, all] of times) {
    if (all.size > MOST_EDITS) continue;
    const distinct: number[] = [];
    for (const time of [...all].sort((a, b) => a - b))
      if (distinct.length === 0 || time - (distinct.at(-1) ?? 0) > SAME_EDIT) distinct.push(time);
    edits.set(clip, distinct);
  }
  const stretches = items.reduce((sum, { clip }) => sum + (edits.get(clip)?.length ?? 0), 0);
  return stretches > MOST_STRETCHES ? new Map() : edits;
}

function stretchesOf({ clip, in: from, out, bytes }: PlayItem, edits: Edits): Segment[] {
  const known = edits.get(clip);
  const first = known?.findLastIndex((time) => time <= from) ?? -1;
  const last = known?.findLastIndex((time) => time <= out) ?? -1;
  if (!known || first === -1 || last <= first)
    return [{ key: `${clip}:${from}-${out}`, weight: bytes }];
  const length = (known[last] ?? out) - (known[first] ?? from);
  return known.slice(first, last).map((start, index) => {
    const end = known[first + index + 1] ?? out;
    return { key: `${clip}:${start}`, weight: (bytes * (end - start)) / length };
  });
}

/** Sweeps after which the lengths of clips hardly change any more, and the seconds that are no change. */
const SWEEPS = 30;
const NO_CHANGE = 0.001;

/** A title whose clips have no known lengths; clips by their places in a list of all of them. */
interface Unweighed {
  duration: number;
  bytes: number;
  clips: readonly number[];
}

/**
 * Seconds of each clip where a list names clips without their lengths: the smallest lengths that add up to those of
 * the titles, found title by title (Kaczmarz 1937: each title spreads what it lacks over its clips).
 */
function estimateWeights(titles: readonly Playable[]): Map<string, number> {
  const places = new Map<string, number>();
  const unweighed = titles.flatMap(({ duration, bytes, segments }): Unweighed[] => {
    const keys = new Set(segments?.flatMap(({ key, weight }) => (weight === null ? [key] : [])));
    for (const key of keys) if (!places.has(key)) places.set(key, places.size);
    const clips = [...keys].flatMap((key) => places.get(key) ?? []);
    return clips.length === 0 ? [] : [{ duration, bytes: bytes ?? 0, clips }];
  });
  const tags = commonTags(unweighed, places.size);
  const spread = unweighed.map(({ duration, clips }) => ({
    duration,
    clips: clips.filter((clip) => !tags.has(clip)),
  }));
  const estimates = new Float64Array(places.size);
  for (const tag of tags) estimates[tag] = SMALLEST_WEIGHT;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let change = 0;
    for (const { duration, clips } of spread) {
      let known = 0;
      for (const clip of clips) known += estimates[clip] ?? 0;
      const lacking = (duration - known) / clips.length;
      for (const clip of clips) {
        const estimate = Math.max(SMALLEST_WEIGHT, (estimates[clip] ?? 0) + lacking);
        change = Math.max(change, Math.abs(estimate - (estimates[clip] ?? 0)));
        estimates[clip] = estimate;
      }
    }
    if (change < NO_CHANGE) break;
  }
  return new Map([...places].map(([key, place]) => [key, estimates[place] ?? SMALLEST_WEIGHT]));
}

/** A disc on which so many titles share one clip only gives all its titles a logo, not a story. */
const FEWEST_TAGGED = 3;
/** The largest disc; titles that are bigger together cannot but share most of what they play. */
const LARGEST_DISC_BYTES = 100e9;

/**
 * Clips that are logos or credits: the titles that have one have clips of their own and nothing else in common, and
 * three titles of the disc or more are made so. Cuts of one work share what comes before and what comes behind the
 * difference; the titles of a play-all have no clip of their own.
 */
function commonTags(titles: readonly Unweighed[], clipCount: number): Set<number> {
  const distinct = new Map(titles.map((title) => [title.clips.join(' '), title]));
  const holders: Unweighed[][] = Array.from({ length: clipCount }, () => []);
  for (const title of distinct.values()) for (const clip of title.clips) holders[clip]?.push(title);
  const tagged = [...holders.entries()].filter(
    ([clip, held]) =>
      held.length >= 2 &&
      held.every(({ clips }) => clips.some((own) => holders[own]?.length === 1)) &&
      shareNothingBut(clip, held) &&
      fitOnDisc(held),
  );
  const titlesTagged = new Set(tagged.flatMap(([, held]) => held));
  return new Set(titlesTagged.size >= FEWEST_TAGGED ? tagged.map(([clip]) => clip) : []);
}

function shareNothingBut(common: number, titles: readonly Unweighed[]): boolean {
  const seen = new Set<number>();
  return titles.every(({ clips }) => {
    const others = clips.filter((clip) => clip !== common);
    const isApart = !others.some((clip) => seen.has(clip));
    for (const clip of others) seen.add(clip);
    return isApart;
  });
}

function fitOnDisc(titles: readonly Unweighed[]): boolean {
  return titles.reduce((sum, { bytes }) => sum + bytes, 0) <= LARGEST_DISC_BYTES;
}
