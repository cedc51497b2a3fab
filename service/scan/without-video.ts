import { DiscflowError } from '../errors.ts';
import type { MediaFacts } from './media-facts.ts';

/** Discs that are known by their table of contents alone; nothing that reads video ever touches them. */
export type KindWithoutVideo = 'music' | 'blank';

/** Null when the directory of the disc has to say what it is. Tracks of sound make it music, also beside data. */
export function kindWithoutVideo(media: MediaFacts): KindWithoutVideo | null {
  if (media.blank) return 'blank';
  return (media.audioTracks ?? 0) > 0 ? 'music' : null;
}

const words: Record<KindWithoutVideo, { message: string; hint: string }> = {
  music: {
    message: 'This is a music CD: there is no video on it to rip.',
    hint: 'It was let out untouched. Discflow takes films and series today; music comes with a later version.',
  },
  blank: {
    message: 'The disc is blank: nothing was ever written to it.',
    hint: 'Put in the disc that was meant; this one was let out untouched.',
  },
};

/** Why such a disc is let out again. */
export function withoutVideo(kind: KindWithoutVideo): DiscflowError {
  const { message, hint } = words[kind];
  return new DiscflowError('unsupported-disc', message, { hint });
}
