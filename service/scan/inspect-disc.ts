import { basename } from 'node:path';
import type { Disc } from '../contract/job.ts';
import { type DiscKind, discKindOf } from './disc-kind.ts';
import { contentHash, hashedFiles } from './fingerprint.ts';
import { cleanLabel } from './label.ts';
import type { MediaFacts } from './media-facts.ts';
import { openMedium } from './medium/open-medium.ts';
import { type KindWithoutVideo, kindWithoutVideo } from './without-video.ts';

/** A disc that does not answer in this time is taken in without a fingerprint; identifying says why. */
const LIMIT_MS = 60_000;
/** What discs are called that do not say their name. */
const names: Record<KindWithoutVideo, string> = { music: 'Audio CD', blank: 'Blank disc' };
const hasFingerprint: ReadonlySet<DiscKind> = new Set(['dvd', 'bluray']);

/**
 * What can be said of a disc from its directory alone, in milliseconds. Never throws: a disc that cannot be
 * read is of unknown kind and has no fingerprint. What the drive says of a music or blank disc is enough: it is
 * not opened.
 */
export async function inspectDisc(source: string, media: MediaFacts | null = null): Promise<Disc> {
  const known = media && kindWithoutVideo(media);
  if (known) return discByMedia(known, source, media);
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
    const label = cleanLabel(media?.label ?? basename(source));
    const kind = 'unknown';
    return { kind, label, fingerprint: null, globalId: null, bytes: media?.bytes ?? 0, source };
  }
}

function discByMedia(kind: KindWithoutVideo, source: string, media: MediaFacts): Disc {
  const label = cleanLabel(media.label ?? '') || names[kind];
  return { kind, label, fingerprint: null, globalId: null, bytes: media.bytes ?? 0, source };
}
