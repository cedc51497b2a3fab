import type { Disc } from '../contract/job.ts';
import type { OwnedFile } from '../contract/owned.ts';
import { titleKey } from '../identify/title-key.ts';

type Resolution = OwnedFile['resolution'];

const ranks = { sd: 1, '720p': 2, '1080p': 3, '2160p': 4 } as const;

/** What a carrier holds as a rule. */
export function resolutionOfDisc(kind: Disc['kind']): Resolution {
  if (kind === 'dvd') return 'sd';
  if (kind === 'bluray') return '1080p';
  return kind === 'uhd' ? '2160p' : null;
}

/** By the lines of the picture; what is cut off above and below a film does not make it smaller. */
export function resolutionOf(height: number | null | undefined): Resolution {
  if (!height) return null;
  if (height > 1200) return '2160p';
  if (height > 760) return '1080p';
  return height > 580 ? '720p' : 'sd';
}

interface Quality {
  resolution: Resolution;
  edition: string | null;
}

/** Whether a disc is worth more than what is there: a finer picture than all of it, or a cut that is not there. */
export function isBetter(disc: Quality, files: readonly Quality[]): 'yes' | 'no' | 'unknown' {
  if (isFiner(disc.resolution, files) === 'yes' || isOtherCut(disc.edition, files) === 'yes')
    return 'yes';
  const answers = [isFiner(disc.resolution, files), isOtherCut(disc.edition, files)];
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function isFiner(resolution: Resolution, files: readonly Quality[]): 'yes' | 'no' | 'unknown' {
  if (resolution === null) return 'unknown';
  const there = files.map((file) => (file.resolution === null ? null : ranks[file.resolution]));
  if (there.some((rank) => rank !== null && rank >= ranks[resolution])) return 'no';
  // Nothing is below what a DVD has, so whatever is there is as good.
  if (resolution === 'sd') return 'no';
  return there.includes(null) ? 'unknown' : 'yes';
}

/** A disc that names no cut beside files that all do may be any of them. */
function isOtherCut(edition: string | null, files: readonly Quality[]): 'yes' | 'no' | 'unknown' {
  const there = files.map((file) => editionKey(file.edition));
  const key = editionKey(edition);
  if (there.includes(key)) return 'no';
  return key === '' ? 'unknown' : 'yes';
}

/** "Director's Cut" is no other cut than "Directors Cut Edition". */
function editionKey(edition: string | null): string {
  const key = titleKey((edition ?? '').replaceAll(/\b(?:edition|version|cut)\b/gi, ''));
  return key.replace(/s$/, '');
}
