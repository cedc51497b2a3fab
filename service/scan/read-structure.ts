import { DiscflowError } from '../errors.ts';
import { discKindOf } from './disc-kind.ts';
import { contentHash, hashedFiles } from './fingerprint.ts';
import type { Medium } from './medium/medium.ts';
import type { DiscScan, ListedScan } from './record.ts';

/** What is known of a disc whose structure cannot be read. */
export interface UnreadStructure {
  readonly source: string;
  /** "" when not even its directory can be read. */
  readonly label: string;
  /** Null when not even its directory can be read. */
  readonly fingerprint: string | null;
  readonly bytes: number;
  readonly encryption: ListedScan['encryption'];
  /** Why, in words. */
  readonly damaged: string;
}

/** Somebody else who can tell of a disc that our own readers give up: MakeMKV. */
export interface OtherScanner {
  isUsable(): Promise<boolean>;
  scan(known: UnreadStructure, options: { signal: AbortSignal }): Promise<ListedScan>;
}

export interface DiscReaders {
  openMedium: (source: string, options: { signal: AbortSignal }) => Promise<Medium>;
  scanDisc: (medium: Medium, options: { signal: AbortSignal }) => Promise<DiscScan>;
  makemkv?: OtherScanner | undefined;
}

interface Options {
  signal: AbortSignal;
  /** Told of the disc's files as soon as they are known. */
  seen?: (medium: Medium) => void;
}

export interface ReadStructure {
  readonly scan: DiscScan;
  /** Open; the caller closes it. Null when only MakeMKV could read the disc. */
  readonly medium: Medium | null;
}

/**
 * Reads a disc's structure with our own readers, and by MakeMKV where these give up. Throws what opening and
 * scanning a disc throws, and what stops MakeMKV (a key, a region, a drive).
 */
export async function readStructure(
  source: string,
  readers: DiscReaders,
  { signal, seen }: Options,
): Promise<ReadStructure> {
  const askOther = async (error: unknown, medium: Medium | null) => ({
    scan: await scanByOther(error, { source, medium, other: readers.makemkv, signal }),
    medium: null,
  });
  const opened = await readers.openMedium(source, { signal }).catch(asResult);
  if ('error' in opened) return askOther(opened.error, null);
  seen?.(opened);
  try {
    return { scan: await readers.scanDisc(opened, { signal }), medium: opened };
  } catch (error) {
    await opened.close();
    return askOther(error, opened);
  }
}

function asResult(error: unknown): { error: unknown } {
  return { error };
}

const unreadable = new Set(['disc-unreadable', 'read-error', 'unsupported-disc']);
/** What says no more than that MakeMKV cannot read it either. */
const sayNothingNew = new Set(['disc-unreadable', 'read-error', 'tool-failed', 'timeout']);

interface Unread {
  source: string;
  medium: Medium | null;
  other: OtherScanner | undefined;
  signal: AbortSignal;
}

async function scanByOther(error: unknown, unread: Unread): Promise<ListedScan> {
  const { source, medium, other, signal } = unread;
  if (!(error instanceof DiscflowError) || !unreadable.has(error.code)) throw error;
  const kind = medium === null ? 'unknown' : discKindOf(medium);
  if (medium !== null && kind !== 'dvd' && kind !== 'bluray') throw error;
  if (!(await other?.isUsable()) || other === undefined) throw error;
  const files = medium === null ? [] : hashedFiles(medium);
  const known: UnreadStructure = {
    source,
    label: medium?.label ?? '',
    fingerprint: files.length > 0 ? contentHash(files) : null,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    encryption: null,
    damaged: error.message,
  };
  try {
    return await other.scan(known, { signal });
  } catch (second) {
    if (second instanceof DiscflowError && sayNothingNew.has(second.code)) throw error;
    throw second;
  }
}
