import { roundSeconds } from '../dvd/playback-time.ts';
import type { BlurayTitle, PlayItem } from '../record.ts';
import type { Clips } from './clips.ts';
import type { Clip } from './clpi.ts';
import type { Mpls, MplsItem } from './mpls.ts';
import { unknownVideo } from './stream-attributes.ts';
import { stretchBytes } from './stretch.ts';
import { subPathKind } from './sub-path.ts';

const TICKS_PER_SECOND = 45_000;
/** Streams that no playlist plays get numbers from here on. */
const BARE_STREAMS = 100_000;
const MAXIMUM_ANGLES = 9;

/** A playlist as a title. Its tracks are those of its longest item first, then what others add. */
export function describePlaylist(playlist: string, mpls: Mpls, clips: Clips): BlurayTitle {
  const items = mpls.items.map((item) => playItem(item, clips));
  const tracks = tracksOf(mpls.items);
  const [video = unknownVideo] = tracks.video;
  return {
    number: Number(playlist),
    playlist,
    duration: roundSeconds(items.reduce((sum, item) => sum + seconds(item), 0)),
    bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
    video: withAspect(video, mpls.items, clips),
    angles: Math.min(MAXIMUM_ANGLES, 1 + Math.max(...items.map(({ angles }) => angles.length))),
    chapters: chapterStarts(mpls),
    audio: tracks.audio,
    subtitles: tracks.subtitles,
    items,
    subPaths: mpls.subPaths.map(({ type, clips }) => ({ kind: subPathKind(type), clips })),
    relation: null,
  };
}

/** A stream file that no playlist plays, as far as its clip information tells. */
export function describeBareStream(clip: string, information: Clip, bytes: number): BlurayTitle {
  const { start, end } = extent(information);
  const { video, audio, subtitles } = tracksOfClip(information);
  return {
    number: BARE_STREAMS + Number(clip),
    playlist: null,
    duration: bareSeconds(information),
    bytes,
    video: video[0] ?? unknownVideo,
    angles: 1,
    chapters: [],
    audio,
    subtitles,
    items: [{ clip, angles: [], in: start, out: end, bytes, seamless: false }],
    subPaths: [],
    relation: null,
  };
}

/** How long a stream plays as a whole. */
export function bareSeconds({ timeBases }: Clip): number {
  const ticks = timeBases.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0);
  return roundSeconds(ticks / TICKS_PER_SECOND);
}

function extent({ timeBases }: Clip): { start: number; end: number } {
  const [start, end] = [timeBases[0]?.start ?? 0, timeBases.at(-1)?.end ?? 0];
  return { start, end: Math.max(start, end) };
}

function playItem({ clip, angles, stc, seamless, ...times }: MplsItem, clips: Clips): PlayItem {
  const information = clips.information.get(clip);
  const whole = clips.bytes.get(clip) ?? 0;
  const bytes = information ? Math.min(whole, stretchBytes(information, { stc, ...times })) : whole;
  return { clip, angles, in: times.in, out: times.out, bytes, seamless };
}

function seconds(item: { in: number; out: number }): number {
  return (item.out - item.in) / TICKS_PER_SECOND;
}

function tracksOf(items: readonly MplsItem[]) {
  const longestFirst = items.toSorted((a, b) => seconds(b) - seconds(a));
  const all = longestFirst.map(({ streams }) => streams);
  return {
    video: all.flatMap(({ video }) => video.map(({ streamId: _, ...track }) => track)),
    audio: oncePerStream(all.flatMap(({ audio }) => audio)),
    subtitles: oncePerStream(all.flatMap(({ subtitles }) => subtitles)),
  };
}

function tracksOfClip({ streams }: Clip) {
  return {
    video: streams.flatMap((stream) => (stream.type === 'video' ? [stream.track] : [])),
    audio: oncePerStream(
      streams.flatMap((stream) =>
        stream.type === 'audio' ? [{ ...stream.track, streamId: stream.streamId }] : [],
      ),
    ),
    subtitles: oncePerStream(
      streams.flatMap((stream) =>
        stream.type === 'subtitles' ? [{ ...stream.track, streamId: stream.streamId }] : [],
      ),
    ),
  };
}

function oncePerStream<T extends { streamId: number }>(tracks: readonly T[]): T[] {
  const firsts = new Map<number, T>();
  for (const track of tracks) if (!firsts.has(track.streamId)) firsts.set(track.streamId, track);
  return [...firsts.values()];
}

/** Playlists do not tell the aspect ratio of standard definition; clip information does. */
function withAspect(
  video: BlurayTitle['video'],
  items: readonly MplsItem[],
  { information }: Clips,
): BlurayTitle['video'] {
  if (video.aspect !== null) return video;
  const clip = information.get(items[0]?.clip ?? '');
  return { ...video, aspect: (clip && tracksOfClip(clip).video[0]?.aspect) ?? null };
}

/** Marks in seconds of the title: what played before the item, and the way into it. */
function chapterStarts({ items, marks }: Mpls): number[] {
  const before: number[] = [];
  let played = 0;
  for (const item of items) {
    before.push(played);
    played += item.out - item.in;
  }
  const starts = marks.flatMap(({ item: index, time }) => {
    const item = items[index];
    if (item === undefined || time < item.in || time >= item.out) return [];
    return [((before[index] ?? 0) + time - item.in) / TICKS_PER_SECOND];
  });
  return [...new Set(starts.map(roundSeconds))].sort((a, b) => a - b);
}
