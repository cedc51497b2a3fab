import { resolve } from 'node:path';
import { DiscflowError } from '../errors.ts';

/**
 * A path of the command line as an absolute one. Throws `bad-request` for an empty one, as an unset variable of the
 * shell leaves it: it would mean the working directory.
 */
export function givenPath(text: string, { of, hint }: { of: string; hint: string }): string {
  if (text.trim() !== '') return resolve(text);
  throw new DiscflowError('bad-request', `The name of the ${of} is empty`, {
    hint: `${hint} A variable of the shell that is not set is empty, too.`,
  });
}

/** The same for a disc. */
export function sourcePath(text: string): string {
  const hint = 'Name an .iso image, a folder with VIDEO_TS or BDMV, or a drive.';
  return givenPath(text, { of: 'disc', hint });
}
