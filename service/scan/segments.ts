import { clipLengthsOf } from './clip-lengths.ts';

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

/** A title as the ordered list of what it plays. A segment is its place in what the disc holds. */
export interface SegmentList {
  number: number;
  /** Of the list among those of the disc. */
  place: number;
  /** In playing order, repeats included. */
  played: Int32Array;
  /** In playing order; what is played twice counts where it comes first. */
  segments: Int32Array;
  /** Weight of all segments. */
  total: number;
  /** The same for titles that play the same segments in the same order; "" for one that plays nothing. */
  signature: string;
}

/** What the titles of a disc play, with every segment once. */
export interface DiscSegments {
  lists: readonly SegmentList[];
  keys: readonly string[];
  /** Comparable within one disc. */
  weights: Float64Array;
}

/** Numbers the segments of a disc, so that nothing after this compares texts, and weighs them. */
export function segmentsOf(titles: readonly Playable[]): DiscSegments {
  const places = new Map<string, number>();
  const weights: (number | null)[] = [];
  const placeOf = ({ key, weight }: Segment) => {
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, places.size);
    return weights.push(weight) - 1;
  };
  const played = titles.map(({ segments }) => new Int32Array(segments?.map(placeOf) ?? []));
  const known = clipLengthsOf(titles, played, weights);
  const seenIn = new Int32Array(known.length).fill(-1);
  const lists = played.map((all, place): SegmentList => {
    const segments = all.filter((segment) => {
      const isFirst = seenIn[segment] !== place;
      seenIn[segment] = place;
      return isFirst;
    });
    return {
      number: titles[place]?.number ?? place,
      place,
      played: all,
      segments,
      total: segments.reduce((sum, segment) => sum + (known[segment] ?? 0), 0),
      signature: textOf(all),
    };
  });
  return { lists, keys: [...places.keys()], weights: known };
}

/** Equal for equal numbers; no text for people. */
export function textOf({ buffer, byteOffset, byteLength }: Int32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}
