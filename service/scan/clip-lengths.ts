/** What lengths alone cannot weigh still counts for something. */
const SMALLEST_WEIGHT = 0.1;
/** Sweeps after which the lengths of clips hardly change any more, and the seconds that are no change. */
const SWEEPS = 30;
const NO_CHANGE = 0.001;

/** A title whose clips have no known lengths. */
interface Unweighed {
  duration: number;
  bytes: number;
  clips: Int32Array;
}

/**
 * The weights of segments, and the seconds of each clip where a list names clips without their lengths: the smallest
 * lengths that add up to those of the titles, found title by title (Kaczmarz 1937: each title spreads what it lacks
 * over its clips).
 */
export function clipLengthsOf(
  titles: readonly { duration: number; bytes: number | null }[],
  played: readonly Int32Array[],
  weights: readonly (number | null)[],
): Float64Array {
  const lengths = Float64Array.from(weights, (weight) => weight ?? 0);
  if (weights.every((weight) => weight !== null)) return lengths;
  const unweighed = titles.flatMap(({ duration, bytes }, place): Unweighed[] => {
    const clips = new Set(played[place]?.filter((segment) => weights[segment] === null));
    return clips.size === 0 ? [] : [{ duration, bytes: bytes ?? 0, clips: Int32Array.from(clips) }];
  });
  const tags = commonTags(unweighed, weights.length);
  const spread = unweighed.map(({ duration, clips }) => ({
    duration,
    clips: clips.filter((clip) => !tags.has(clip)),
  }));
  for (const tag of tags) lengths[tag] = SMALLEST_WEIGHT;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let change = 0;
    for (const { duration, clips } of spread) {
      let known = 0;
      for (const clip of clips) known += lengths[clip] ?? 0;
      const lacking = (duration - known) / clips.length;
      for (const clip of clips) {
        const length = Math.max(SMALLEST_WEIGHT, (lengths[clip] ?? 0) + lacking);
        change = Math.max(change, Math.abs(length - (lengths[clip] ?? 0)));
        lengths[clip] = length;
      }
    }
    if (change < NO_CHANGE) break;
  }
  return lengths;
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
  const withOwn = new Set(
    [...distinct.values()].filter(({ clips }) => clips.some((clip) => holders[clip]?.length === 1)),
  );
  const tagged = [...holders.entries()].filter(
    ([clip, held]) =>
      held.length >= 2 &&
      held.every((title) => withOwn.has(title)) &&
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
