import { basename } from 'node:path';
import type { Disc } from '../contract/job.ts';
import { discKindOf } from './disc-kind.ts';
import { contentHash, dvdFiles } from './fingerprint.ts';
import { cleanLabel } from './label.ts';
import { openMedium } from './medium/open-medium.ts';

/** A disc that does not answer in this time is taken in without a fingerprint; identifying says why. */
const LIMIT_MS = 60_000;

/**
 * What can be said of a disc from its directory alone, in milliseconds. Never throws: a disc that cannot be
 * read is of unknown kind and has no fingerprint.
 */
export async function inspectDisc(source: string): Promise<Disc> {
  try {
    const medium = await openMedium(source, { signal: AbortSignal.timeout(LIMIT_MS) });
    try {
      const files = dvdFiles(medium);
      return {
        kind: 'unknown',
        label: medium.label,
        fingerprint: discKindOf(medium) === 'dvd' ? contentHash(files) : null,
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
