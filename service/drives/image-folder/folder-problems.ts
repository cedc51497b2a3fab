import { DiscflowError, systemCode } from '../../errors.ts';
import { DONE_FOLDER } from './disc-images.ts';

/** The folder is not there, as opposed to one that is there and cannot be read. */
export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function folderUnavailable(folder: string, cause: unknown): DiscflowError {
  const gone = isMissing(cause);
  return new DiscflowError(
    'drive-unavailable',
    `The image folder ${folder} ${gone ? 'is not there' : 'cannot be read'}`,
    {
      hint: gone
        ? 'Create the folder, or mount the disk that it is on; the drive goes on by itself then.'
        : 'Let the user of the service read the folder; the drive goes on by itself then.',
      cause,
      transient: true,
    },
  );
}

export function ejectFailed(folder: string, name: string, cause: unknown): DiscflowError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DiscflowError('eject-failed', `${name} cannot be moved to ${DONE_FOLDER}: ${reason}`, {
    hint: `Let the user of the service write to ${folder}, or set "eject: remember" for this drive.`,
    cause,
  });
}
