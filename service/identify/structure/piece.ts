import { isBareStream, type TitleFacts } from './title-facts.ts';
import type { DiscWorks, Work } from './works.ts';

/** A work as the stories see it. */
export interface Piece {
  work: Work;
  /** Seconds as on a full-sized disc. */
  duration: number;
  /** Of all its versions. */
  durations: readonly number[];
  bytes: number | null;
  /** Bytes a second; null where no size is known. */
  rate: number | null;
  chapters: number | null;
  audioTracks: number | null;
  subtitleTracks: number | null;
  height: number | null;
  /** Null on a miniature, too, whose bit rates are no usual ones. */
  medium: TitleFacts['medium'];
  bare: boolean;
  compared: boolean;
}

/** A disc with less on it than this is a miniature, such as a demo: its proportions speak, its lengths do not. */
const MINIATURE_SECONDS = 1200;
const FULL_SECONDS = 9000;
/** Shorter ones hold no content that could tell anything of the disc. */
const SHORTEST_SECONDS = 45;

/** The works that may tell what kind of disc it is, the biggest first; decoys count as the one title they hide. */
export function piecesOf(disc: Pick<DiscWorks, 'works' | 'hidden'>): Piece[] {
  const scale = scaleOf(disc);
  return contentOf(disc)
    .map((work) => pieceOf(work, scale))
    .filter(({ duration }) => duration >= SHORTEST_SECONDS)
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0) || b.duration - a.duration);
}

/** By how much the lengths of a miniature are stretched; 1 for every usual disc. */
export function scaleOf(disc: Pick<DiscWorks, 'works' | 'hidden'>): number {
  const total = contentOf(disc).reduce((sum, { duration }) => sum + duration, 0);
  return total >= 1 && total < MINIATURE_SECONDS ? FULL_SECONDS / total : 1;
}

function contentOf({ works, hidden }: Pick<DiscWorks, 'works' | 'hidden'>): readonly Work[] {
  return hidden ? [...works, hidden] : works;
}

function pieceOf(work: Work, scale: number): Piece {
  const { duration, bytes, titles } = work;
  const [title] = titles;
  return {
    work,
    duration: duration * scale,
    durations: titles.map((cut) => cut.duration * scale),
    bytes: bytes === null ? null : bytes * scale,
    rate: bytes === null || duration === 0 ? null : bytes / duration,
    chapters: title?.chapters ?? null,
    audioTracks: title?.audioTracks ?? null,
    subtitleTracks: title?.subtitleTracks ?? null,
    height: title?.height ?? null,
    medium: scale === 1 ? (title?.medium ?? null) : null,
    bare: title !== undefined && isBareStream(title),
    compared: title?.compared ?? true,
  };
}

/** How big a piece is: its bytes, or its length where no size is known. */
export function sizeOf({ bytes, duration }: Piece): number {
  return bytes ?? duration;
}
