import type { SubPath } from '../record.ts';

/** Sub path types (libbluray, mpls_data.h). */
const kinds = new Map<number, SubPath['kind']>([
  [2, 'slideshow-audio'],
  [3, 'menu'],
  [4, 'text-subtitles'],
  [5, 'secondary'],
  [6, 'picture-in-picture'],
  [7, 'picture-in-picture'],
  [8, 'stereo-3d'],
  [9, 'menu'],
  [10, 'dolby-vision'],
]);

export function subPathKind(type: number): SubPath['kind'] {
  return kinds.get(type) ?? 'unknown';
}
