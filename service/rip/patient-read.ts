import { DiscflowError } from '../errors.ts';
import { SECTOR_BYTES } from '../scan/medium/medium.ts';

interface PatientRead {
  /** Fills a part of the block that begins `offset` bytes after its start. */
  read(offset: number, part: Buffer): Promise<void>;
  /** What the sector at this offset is called. */
  nameOf(offset: number): string;
  signal: AbortSignal;
}

/**
 * One read for the whole block; when that fails, sector by sector: a drive that trips over reading
 * ahead often gives the single sectors, and else we learn which one is bad.
 */
export async function readPatiently(
  block: Buffer,
  { read, nameOf, signal }: PatientRead,
): Promise<void> {
  try {
    await read(0, block);
  } catch (error) {
    if (!isReadError(error)) throw error;
    for (let offset = 0; offset < block.length && !signal.aborted; offset += SECTOR_BYTES) {
      const sector = block.subarray(offset, offset + SECTOR_BYTES);
      await read(offset, sector).catch((error: unknown) => {
        throw isReadError(error) ? badSector(nameOf(offset), error) : error;
      });
    }
  }
}

function isReadError(error: unknown): error is DiscflowError {
  return error instanceof DiscflowError && error.code === 'read-error';
}

function badSector(name: string, error: DiscflowError): DiscflowError {
  return new DiscflowError('read-error', `${name} cannot be read: ${error.message}`, {
    hint: error.hint,
    cause: error,
  });
}
