import { DiscflowError, systemCode } from '../../errors.ts';

/** ENOMEDIUM has a number but no name in Node.js (seen as "Unknown system error -123"). */
const noMedium = -123;
const goneCodes = new Set(['ENODEV', 'ENXIO', 'ESTALE', 'ENOMEDIUM']);

/** A failed open or read in the product's words; what is not a system error passes unchanged. */
export function readFailure(error: unknown, where: string): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof DiscflowError) return error;
  if (goneCodes.has(code) || errorNumber(error) === noMedium) {
    const hint = 'Put the disc back in; what was finished is kept.';
    return new DiscflowError('disc-removed', `The disc is gone: ${where}.`, { hint, cause: error });
  }
  if (code === 'EBUSY') {
    const hint = 'Another program holds the drive. Close it, or wait until it is done.';
    const message = `The drive is busy: ${where}.`;
    return new DiscflowError('drive-busy', message, { hint, cause: error, transient: true });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const hint = 'Give the service the right to read it; drives often belong to the group "cdrom".';
    return new DiscflowError('disc-unreadable', `No permission: ${where}.`, { hint, cause: error });
  }
  const hint = 'Clean the disc or try another drive; for a copy, make it again.';
  return new DiscflowError('read-error', `Cannot read ${where} (${code}).`, { hint, cause: error });
}

function errorNumber(error: unknown): unknown {
  return error instanceof Error && 'errno' in error ? error.errno : undefined;
}

/** True for errors that another copy of the same data may cure; false for a disc that is gone. */
export function isDamage(error: unknown): error is DiscflowError {
  return (
    error instanceof DiscflowError &&
    (error.code === 'read-error' || error.code === 'disc-unreadable')
  );
}
