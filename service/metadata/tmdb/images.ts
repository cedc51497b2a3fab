import type { Lookup } from '../lookup.ts';
import type { Configuration } from './answers.ts';

export interface ImageSize {
  readonly of: 'poster' | 'backdrop' | 'still';
  /** Pixels that the image should have at least. */
  readonly width: number;
}

/** What TMDB has answered for many years; its own answer replaces it when it can be had. */
const usual: Configuration['images'] = {
  secure_base_url: 'https://image.tmdb.org/t/p/',
  poster_sizes: ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'],
  backdrop_sizes: ['w300', 'w780', 'w1280', 'original'],
  still_sizes: ['w92', 'w185', 'w300', 'original'],
};

/** The address of an image in the smallest size that is wide enough. */
export function imageUrl(
  configuration: Lookup<Configuration>,
  path: string,
  { of, width }: ImageSize,
): string {
  const images = configuration.state === 'found' ? configuration.value.images : usual;
  const sizes = images[`${of}_sizes`];
  const size = sizes.find((name) => Number(/^w(\d+)$/.exec(name)?.[1] ?? 0) >= width);
  return `${images.secure_base_url}${size ?? 'original'}${path}`;
}
