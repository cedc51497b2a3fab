import { DiscflowError, systemCode } from '../errors.ts';

/** Room for subtitles, chapters and what else writes to the disk of the staging folder meanwhile. */
export const MARGIN_BYTES = 64 * 1024 * 1024;

/** True for what we, mkvmerge and ffmpeg say when the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'staging-full') return true;
  return code === 'tool-failed' && error instanceof Error && /no space left/i.test(error.message);
}

interface Space {
  folder: string;
  /** Bytes. */
  needed: number;
  free: number;
}

export function stagingFull({ folder, needed, free }: Space): DiscflowError {
  const [wanted, there] = [inWords(needed), inWords(free)];
  return new DiscflowError(
    'staging-full',
    `Ripping needs ${wanted} in staging, free are ${there}`,
    { hint: `Free space on the disk of ${folder}; the rip goes on by itself then.` },
  );
}

function inWords(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB (${bytes} bytes)`;
}
