import type { DriveRecord, MessageRecord } from './robot-record.ts';

/** What a read error (2003) means for the disc that we read. */
export type ReadErrorKind =
  /** The disc was taken out. */
  | 'removed'
  /** Part of how MakeMKV finds out about the protection. */
  | 'harmless'
  /** Of another drive; one capture shows that. */
  | 'foreign'
  | 'damage';

/** Where MakeMKV looks whether a DVD is scrambled: a drive that was not unlocked refuses this sector. */
const PROBED_OFFSET = '1048576';

/**
 * Tells read errors apart by their params (error, what was read, offset). The error is the drive's own sense text,
 * which is the same in every language.
 */
export function readErrorKind(
  { params: [error = '', where = '', offset = ''] }: Pick<MessageRecord, 'params'>,
  drives: Iterable<DriveRecord>,
  device: string | null,
): ReadErrorKind {
  for (const drive of drives)
    if (drive.name !== '' && where.startsWith(drive.name) && drive.device !== device)
      return 'foreign';
  if (/MEDIUM NOT PRESENT/i.test(error)) return 'removed';
  if (offset === PROBED_OFFSET && /SCRAMBLED SECTOR WITHOUT AUTH/i.test(error)) return 'harmless';
  return 'damage';
}
