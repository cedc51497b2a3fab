/** A picture of a subtitle: how bright each pixel is and how much of it is there, row by row. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** 0 black to 255 white. */
  readonly luma: Uint8Array;
  /** 0 nothing to 255 opaque. */
  readonly alpha: Uint8Array;
}

/** A bitmap and when it is shown, in seconds; `end` is null when only the next one ends it. */
export interface ShownBitmap {
  readonly start: number;
  readonly end: number | null;
  readonly bitmap: Bitmap;
}

/** Discs hold at most 1920 x 1080; a damaged packet may say anything. */
const LARGEST_PIXELS = 2048 * 1152;

/** Whether a size can be that of a subtitle. */
export function isPlausibleSize(width: number, height: number): boolean {
  return width > 0 && height > 0 && width * height <= LARGEST_PIXELS;
}

export function emptyBitmap(width: number, height: number) {
  const pixels = width * height;
  return { width, height, luma: new Uint8Array(pixels), alpha: new Uint8Array(pixels) };
}
