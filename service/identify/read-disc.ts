import type { Disc } from '../contract/job.ts';
import { DiscflowError } from '../errors.ts';
import { discKindOf } from '../scan/disc-kind.ts';
import { encryptedDisc } from '../scan/encrypted-disc.ts';
import type { Medium } from '../scan/medium/medium.ts';
import { type DiscReaders, readStructure } from '../scan/read-structure.ts';
import type { DiscScan } from '../scan/record.ts';

/** What is known of a disc that cannot be ripped, beside the reason. */
export type DiscFacts = Partial<
  Pick<Disc, 'kind' | 'label' | 'bytes' | 'fingerprint' | 'globalId'>
>;

export type DiscReading =
  | { scan: DiscScan; facts: DiscFacts }
  | { error: DiscflowError; facts: DiscFacts };

/**
 * Opens and scans a disc, and closes it again. A disc that cannot be read, is encrypted while there is no MakeMKV, or
 * is of a kind that nobody reads yet is a result with whatever is known of it; only unexpected errors are thrown.
 */
export async function readDisc(
  source: string,
  readers: DiscReaders,
  { signal }: { signal: AbortSignal },
): Promise<DiscReading> {
  let facts: DiscFacts = {};
  try {
    const seen = (medium: Medium) => {
      facts = factsOf(medium);
    };
    const { scan, medium } = await readStructure(source, readers, { signal, seen });
    await medium?.close();
    facts = { ...facts, ...factsOfScan(scan) };
    const isRippable = scan.encryption === null || (await readers.makemkv?.isUsable()) === true;
    return isRippable ? { scan, facts } : { error: encryptedDisc(scan), facts };
  } catch (error) {
    signal.throwIfAborted();
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
