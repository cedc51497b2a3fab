import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** A disc as MakeMKV is told of it. */
export interface MakeMkvSource {
  /** `dev:`, `iso:` or `file:` with a path. */
  readonly argument: string;
  /** The device; null for an image or folder. */
  readonly device: string | null;
}

/** The source of a path of ours: a device, an image, or a folder with VIDEO_TS or BDMV. Throws system errors. */
export async function sourceOf(path: string): Promise<MakeMkvSource> {
  // A folder of a drive letter or a raw disk is no directory: both are devices to us (\\.\D:, /dev/rdisk4).
  const stats = await stat(path);
  if (stats.isDirectory()) return { argument: `file:${discFolder(path)}`, device: null };
  if (stats.isFile()) return { argument: `iso:${path}`, device: null };
  return { argument: `dev:${path}`, device: path };
}

/** MakeMKV wants the folder around VIDEO_TS. */
function discFolder(path: string): string {
  return /^(VIDEO_TS|BDMV)$/i.test(basename(path)) ? dirname(path) : path;
}
