import { DiscflowError } from '../errors.ts';
import { scanBluray } from './bluray/scan-bluray.ts';
import { type DiscKind, discKindOf } from './disc-kind.ts';
import { scanDvd } from './dvd/scan-dvd.ts';
import type { Medium } from './medium/medium.ts';
import type { DiscScan } from './record.ts';

interface Options {
  signal?: AbortSignal;
}

/**
 * Reads everything that the structure of a video disc says, encrypted or not.
 * Throws `unsupported-disc` for other discs, `disc-unreadable` when no title can be read,
 * `disc-removed` when the disc is gone.
 */
export async function scanDisc(medium: Medium, options: Options = {}): Promise<DiscScan> {
  const kind = discKindOf(medium);
  switch (kind) {
    case 'dvd':
      return scanDvd(medium, options);
    case 'bluray':
      return scanBluray(medium, options);
    case 'data':
    case 'unknown':
      throw unsupported(medium.label, kind);
  }
}

type Unsupported = Exclude<DiscKind, 'dvd' | 'bluray'>;

const unsupportedHints: Record<Unsupported, string> = {
  data: 'There is no video on this disc. Take it out.',
  unknown: 'Discflow reads DVDs and Blu-ray discs with video today.',
};

function unsupported(label: string, kind: Unsupported): DiscflowError {
  const message = `${label || 'The disc'} is no DVD or Blu-ray disc with video.`;
  return new DiscflowError('unsupported-disc', message, { hint: unsupportedHints[kind] });
}
