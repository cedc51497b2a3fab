import { stat } from 'node:fs/promises';
import { DiscflowError, systemCode } from '../errors.ts';
import { reachesItsEnd } from '../rip/matroska-end.ts';
import type { ToolFinder } from '../tools/find.ts';
import { identify } from '../tools/mkv-contents.ts';
import type { RunTool } from '../tools/run.ts';
import type { MakeMkvTitle } from './listing.ts';

/** MakeMKV tells whole seconds, and tracks may end a little before or after the picture. */
const TOLERANCE_SECONDS = 3;
const TOLERANCE_SHARE = 0.015;
/** Without packs and padding the file is smaller than the title; less than this is a part of it. */
const LEAST_SHARE = 0.5;

interface Options {
  readonly find: ToolFinder['find'];
  readonly run: RunTool;
  readonly signal: AbortSignal;
}

/**
 * Looks into a saved file: whether all of it is there, and with mkvmerge also whether it is as long as the title and
 * has picture and sound. Throws `tool-failed` saying what is missing.
 */
export async function verifyTitle(
  file: string,
  title: MakeMkvTitle,
  { find, run, signal }: Options,
): Promise<void> {
  await verifySize(file, title);
  const mkvmerge = await find('mkvmerge');
  if (mkvmerge === null) return;
  const { duration, tracks } = await identify({ run, mkvmerge: mkvmerge.path, signal }, file);
  const has = (type: string) => tracks.some((track) => track.type === type);
  if (!has('video')) throw incomplete('it has no picture');
  if (!has('audio') && title.streams.some(({ kind }) => kind === 'audio'))
    throw incomplete('it has no sound');
  if (duration === undefined) return;
  const tolerance = Math.max(TOLERANCE_SECONDS, title.duration * TOLERANCE_SHARE);
  if (duration < title.duration - tolerance)
    throw incomplete(`it is ${seconds(duration)} long instead of ${seconds(title.duration)}`);
}

async function verifySize(file: string, { bytes }: MakeMkvTitle): Promise<void> {
  const { size } = await stat(file).catch((error: unknown) => {
    throw systemCode(error) === 'ENOENT' ? incomplete('it is gone') : error;
  });
  if (size < bytes * LEAST_SHARE)
    throw incomplete(`it has ${size} bytes, and the title on the disc has ${bytes}`);
  if (!(await reachesItsEnd(file))) throw incomplete(`it ends too early, at ${size} bytes`);
}

function seconds(value: number): string {
  return `${Math.round(value)} s`;
}

function incomplete(what: string): DiscflowError {
  return new DiscflowError('tool-failed', `The file that MakeMKV made is not whole: ${what}`, {
    hint: 'It was thrown away. Retry; if it stays, clean the disc or try another drive.',
  });
}
