import type { Standard } from './spec.ts';

interface FrameGrid {
  /** Frames a second, as ffmpeg writes it. */
  readonly rate: string;
  readonly frameSeconds: number;
  /** Frames of a GOP, the most that DVD-Video allows. Each starts a VOBU: cells start only there. */
  readonly gopFrames: number;
  readonly size: readonly [width: number, height: number];
}

export const FRAME_GRID: Readonly<Record<Standard, FrameGrid>> = {
  ntsc: { rate: '30000/1001', frameSeconds: 1001 / 30000, gopFrames: 18, size: [720, 480] },
  pal: { rate: '25', frameSeconds: 1 / 25, gopFrames: 15, size: [720, 576] },
};

/** The nearest whole number of frames, in seconds. */
export function toFrames(seconds: number, standard: Standard): number {
  const { frameSeconds } = FRAME_GRID[standard];
  return Math.round(seconds / frameSeconds) * frameSeconds;
}

/** The nearest start of a GOP, in seconds. */
export function toGopStart(seconds: number, standard: Standard): number {
  const { gopFrames, frameSeconds } = FRAME_GRID[standard];
  const gop = gopFrames * frameSeconds;
  return Math.round(seconds / gop) * gop;
}
