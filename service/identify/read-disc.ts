import type { Disc } from '../contract/job.ts';
import { DiscflowError } from '../errors.ts';
import { discKindOf } from '../scan/disc-kind.ts';
import { encryptedDisc } from '../scan/encrypted-disc.ts';
import type { Medium } from '../scan/medium/medium.ts';
import type { DiscScan } from '../scan/record.ts';

export interface DiscReaders {
  openMedium: (source: string, options: { signal: AbortSignal }) => Promise<Medium>;
  scanDisc: (medium: Medium, options: { signal: AbortSignal }) => Promise<DiscScan>;
}

/** What is known of a disc that cannot be ripped, beside the reason. */
export type DiscFacts = Partial<
  Pick<Disc, 'kind' | 'label' | 'bytes' | 'fingerprint' | 'globalId'>
>;

export type DiscReading =
  | { scan: DiscScan; facts: DiscFacts }
  | { error: DiscflowError; facts: DiscFacts };

/**
 * Opens and scans a disc, and closes it again. A disc that cannot be read, is encrypted or of a kind that nobody
 * reads yet is a result with whatever is known of it; only unexpected errors are thrown.
 */
export async function readDisc(
  source: string,
  { openMedium, scanDisc }: DiscReaders,
  options: { signal: AbortSignal },
): Promise<DiscReading> {
  let facts: DiscFacts = {};
  try {
    const medium = await openMedium(source, options);
    try {
      facts = factsOf(medium);
      const scan = await scanDisc(medium, options);
      facts = { ...facts, ...factsOfScan(scan) };
      return scan.encryption === null
        ? { scan, facts }
        : { error: encryptedDisc(scan.label, scan.encryption), facts };
    } finally {
      await medium.close();
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof DiscflowError) return { error, facts };
    throw error;
  }
}

function factsOf(medium: Medium): DiscFacts {
  const bytes = medium.files.reduce((sum, file) => sum + file.bytes, 0);
  return { kind: discKindOf(medium), label: medium.label.slice(0, 300), bytes };
}

function factsOfScan({ kind, label, bytes, fingerprint, globalId }: DiscScan): DiscFacts {
  return { kind, label: label.slice(0, 300), bytes, fingerprint, globalId };
}
