import type { Standard } from './spec.ts';

/** Frames of a GOP; each starts a VOBU, so cells can start only there. */
export const GOP_FRAMES = 15;

interface FrameGrid {
  /** Frames a second, as ffmpeg writes it. */
  readonly rate: string;
  readonly frameSeconds: number;
  readonly size: readonly [width: number, height: number];
}

export const FRAME_GRID: Readonly<Record<Standard, FrameGrid>> = {
  ntsc: { rate: '30000/1001', frameSeconds: 1001 / 30000, size: [720, 480] },
  pal: { rate: '25', frameSeconds: 1 / 25, size: [720, 576] },
};

/** The nearest whole number of frames, in seconds. */
export function toFrames(seconds: number, standard: Standard): number {
  const { frameSeconds } = FRAME_GRID[standard];
  return Math.round(seconds / frameSeconds) * frameSeconds;
}

/** The nearest start of a GOP, in seconds. */
export function toGopStart(seconds: number, standard: Standard): number {
  const gop = GOP_FRAMES * FRAME_GRID[standard].frameSeconds;
  return Math.round(seconds / gop) * gop;
}
