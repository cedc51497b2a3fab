import { stat } from 'node:fs/promises';
import { DiscflowError, systemCode } from '../../errors.ts';
import { openFolder } from './folder-medium.ts';
import { openImage } from './image-medium.ts';
import type { Medium } from './medium.ts';
import { readFailure } from './read-failure.ts';

interface Options {
  /** Aborting ends the reads of images and devices, also after opening, with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** For devices: whether the disc is still in the drive; asked when a read has failed. */
  isStillIn?: (() => Promise<boolean>) | undefined;
}

/**
 * Opens a disc: an ISO image, a block device, or a folder with VIDEO_TS or BDMV. Mounts nothing.
 * Throws `not-a-disc`, `disc-unreadable`, `disc-removed`, `drive-busy`, or `unsupported-disc` for packet-written discs.
 */
export async function openMedium(source: string, options: Options = {}): Promise<Medium> {
  options.signal?.throwIfAborted();
  const stats = await stat(source).catch((error: unknown) => {
    throw systemCode(error) === 'ENOENT' ? nothingThere(source) : readFailure(error, source);
  });
  if (stats.isDirectory()) return openFolder(source);
  if (stats.isBlockDevice()) return openImage(source, { ...options, origin: 'device' });
  if (stats.isFile()) return openImage(source, { ...options, origin: 'image' });
  throw nothingThere(source);
}

function nothingThere(source: string): DiscflowError {
  return new DiscflowError('not-a-disc', `There is no disc at ${source}.`, {
    hint: 'Use an .iso image, a folder with VIDEO_TS or BDMV, or a drive.',
  });
}
