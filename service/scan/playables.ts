import type { PlayItem, ScannedTitle } from './record.ts';
import type { Playable, Segment } from './segments.ts';

/** Ends of play items that are this close are one and the same edit, 45 kHz. */
const SAME_EDIT = 45_000;
/** A clip that is cut into more pieces than this is no film but a trick or a game; its items are left whole. */
const MOST_EDITS = 200;
/** Cutting the items of a disc made to mislead at all its edits would take time and memory; those are left whole, too. */
const MOST_STRETCHES = 300_000;

/** Takes from scanned titles what they play, cut at every edit of the disc so that stretches can be compared. */
export function playablesOf(titles: readonly ScannedTitle[]): Playable[] {
  const clips: Clips = new Map();
  const stretches = titles.map((title) =>
    'items' in title ? title.items.map((item) => stretchOf(item, clips)) : [],
  );
  cutAll(clips);
  return titles.map((title, index) => ({
    number: title.number,
    duration: title.duration,
    bytes: title.bytes === 0 ? null : title.bytes,
    richness: title.chapters.length + 100 * (title.audio.length + title.subtitles.length),
    segments: segmentsIn(title, stretches[index] ?? []),
  }));
}

function segmentsIn(title: ScannedTitle, stretches: readonly Stretch[]): Segment[] | null {
  if ('cells' in title)
    return title.cells.map(({ key, firstSector, lastSector }) => ({
      key,
      weight: lastSector - firstSector + 1,
    }));
  if ('items' in title) return allSegments(stretches);
  return title.clips?.map((key) => ({ key, weight: null })) ?? null;
}

/** As flatMap would, in a tenth of the time. */
function allSegments(stretches: readonly Stretch[]): Segment[] {
  const all: Segment[] = [];
  for (const { segments } of stretches) all.push(...segments);
  return all;
}

/** What one clip plays from one time to another, the same for all titles that do so. */
interface Stretch {
  clip: string;
  from: number;
  to: number;
  bytes: number;
  /** How many items play it. */
  items: number;
  segments: readonly Segment[];
}

/** Clip → start → stretches. */
type Clips = Map<string, Map<number, Stretch[]>>;

function stretchOf({ clip, in: from, out: to, bytes }: PlayItem, clips: Clips): Stretch {
  const starts = clips.get(clip) ?? new Map<number, Stretch[]>();
  if (starts.size === 0) clips.set(clip, starts);
  const known = starts.get(from);
  const same = known?.find((stretch) => stretch.to === to);
  if (same) {
    same.items += 1;
    return same;
  }
  const stretch = { clip, from, to, bytes, items: 1, segments: [] };
  if (known) known.push(stretch);
  else starts.set(from, [stretch]);
  return stretch;
}

/** An episode and the play-all may leave one clip at times that differ by some frames. */
function cutAll(clips: Clips): void {
  const byClip = [...clips.values()].map((starts) => {
    const stretches = [...starts.values()].flat();
    return { stretches, edits: editsIn(stretches) };
  });
  const most = byClip.reduce(
    (sum, { stretches, edits }) =>
      sum + edits.length * stretches.reduce((all, { items }) => all + items, 0),
    0,
  );
  for (const { stretches, edits } of byClip)
    for (const stretch of stretches)
      stretch.segments = cutAt(most > MOST_STRETCHES ? [] : edits, stretch);
}

/** The times at which titles begin and end in a clip, in order; none where it is cut too often. */
function editsIn(stretches: readonly Stretch[]): number[] {
  const all = new Set(stretches.flatMap(({ from, to }) => [from, to]));
  if (all.size > MOST_EDITS) return [];
  const distinct: number[] = [];
  for (const time of [...all].sort((a, b) => a - b))
    if (distinct.length === 0 || time - (distinct.at(-1) ?? 0) > SAME_EDIT) distinct.push(time);
  return distinct;
}

function cutAt(edits: readonly number[], { clip, from, to, bytes }: Stretch): Segment[] {
  const first = edits.findLastIndex((time) => time <= from);
  const last = edits.findLastIndex((time) => time <= to);
  if (first === -1 || last <= first) return [{ key: `${clip}:${from}-${to}`, weight: bytes }];
  const length = (edits[last] ?? to) - (edits[first] ?? from);
  return edits.slice(first, last).map((start, index) => {
    const end = edits[first + index + 1] ?? to;
    return { key: `${clip}:${start}`, weight: (bytes * (end - start)) / length };
  });
}
