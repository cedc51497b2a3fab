import { basename } from 'node:path';
import type { Disc } from '../contract/job.ts';
import { type DiscKind, discKindOf } from './disc-kind.ts';
import { contentHash, hashedFiles } from './fingerprint.ts';
import { cleanLabel } from './label.ts';
import { openMedium } from './medium/open-medium.ts';

/** A disc that does not answer in this time is taken in without a fingerprint; identifying says why. */
const LIMIT_MS = 60_000;
const hasFingerprint: ReadonlySet<DiscKind> = new Set(['dvd', 'bluray']);

/**
 * What can be said of a disc from its directory alone, in milliseconds. Never throws: a disc that cannot be
 * read is of unknown kind and has no fingerprint.
 */
export async function inspectDisc(source: string): Promise<Disc> {
  try {
    const medium = await openMedium(source, { signal: AbortSignal.timeout(LIMIT_MS) });
    try {
      const files = hashedFiles(medium);
      return {
        kind: 'unknown',
        label: medium.label,
        fingerprint: hasFingerprint.has(discKindOf(medium)) ? contentHash(files) : null,
        globalId: null,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        source,
      };
    } finally {
      await medium.close();
    }
  } catch {
    const label = cleanLabel(basename(source));
    return { kind: 'unknown', label, fingerprint: null, globalId: null, bytes: 0, source };
  }
}
