import type { Bitmap } from './bitmap.ts';

/** Opacity from which a pixel counts as there. */
const OPAQUE = 128;
/** Glyphs of one brightness have no outline. */
const LEAST_CONTRAST = 48;

/**
 * The glyphs of a subtitle as ink: 255 where there is none, 0 where there is all. Subtitles have an outline or a
 * shadow, which a reader of letters takes for strokes: the brightness that lies further inside is the letter, whether
 * it is the lighter or the darker one.
 */
export function inkOf(bitmap: Bitmap): Uint8Array {
  const { luma, alpha } = bitmap;
  const [darkest, lightest] = brightnesses(bitmap);
  if (lightest - darkest < LEAST_CONTRAST) return alpha.map((value) => 255 - value);
  const middle = (darkest + lightest) / 2;
  const isLight =
    edgeShare(bitmap, (value) => value >= middle) < edgeShare(bitmap, (value) => value < middle);
  const [paper, full] = isLight ? [darkest, lightest] : [lightest, darkest];
  return luma.map((value, pixel) => {
    const share = Math.min(1, Math.max(0, (value - paper) / (full - paper)));
    return 255 - Math.round(share * (alpha[pixel] ?? 0));
  });
}

/** Brightness of the darkest and the lightest tenth of what is opaque. */
function brightnesses({ luma, alpha }: Bitmap): [number, number] {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let pixel = 0; pixel < luma.length; pixel++)
    if ((alpha[pixel] ?? 0) >= OPAQUE) {
      counts[luma[pixel] ?? 0] = (counts[luma[pixel] ?? 0] ?? 0) + 1;
      total++;
    }
  const levelAt = (share: number) => {
    let left = total * share;
    return counts.findIndex((count) => {
      left -= count;
      return left <= 0;
    });
  };
  return total === 0 ? [0, 0] : [levelAt(0.1), levelAt(0.9)];
}

/** The share of these pixels that have nothing beside them. */
function edgeShare({ width, luma, alpha }: Bitmap, counts: (luma: number) => boolean): number {
  let [all, edge] = [0, 0];
  const isThere = (pixel: number) => (alpha[pixel] ?? 0) >= OPAQUE;
  for (let pixel = 0; pixel < luma.length; pixel++) {
    if (!isThere(pixel) || !counts(luma[pixel] ?? 0)) continue;
    all++;
    const neighbours = [pixel - 1, pixel + 1, pixel - width, pixel + width];
    if (!neighbours.every(isThere)) edge++;
  }
  return all === 0 ? 1 : edge / all;
}
