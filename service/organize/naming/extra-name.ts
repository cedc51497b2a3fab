import type { JobSnapshot } from '../../contract/job.ts';
import type { Title } from '../../contract/title.ts';
import { cleanText, safeComponent } from './safe-name.ts';
import { withoutSample, withoutTraps } from './stacking-traps.ts';

/** Folders for extras that Plex and Jellyfin both know, by words in the extra's name; first match wins. */
const FOLDERS: readonly (readonly [RegExp, string])[] = [
  [/\b(trailers?|teasers?|tv spots?)\b/i, 'Trailers'],
  [/\bdeleted\b/i, 'Deleted Scenes'],
  [/\binterviews?\b/i, 'Interviews'],
  [/\b(behind the scenes|making of|bloopers?|gag reel|outtakes)\b/i, 'Behind The Scenes'],
  [/\b(featurettes?|documentary)\b/i, 'Featurettes'],
  [/\bshorts?\b/i, 'Shorts'],
];

/** The name of an extra below its item's folder. */
export interface ExtraName {
  readonly folder: string;
  readonly stem: string;
  /** True when nothing is known of it: the name says where it was on the disc, not what it is. */
  readonly madeUp: boolean;
}

/** Names an extra; one without a name of its own becomes "Bonus 2-07": disc 2, title 7. */
export function extraName(
  job: Pick<JobSnapshot, 'identity'>,
  title: Pick<Title, 'match' | 'role' | 'number'>,
): ExtraName {
  const name = cleanText(title.match?.name ?? '');
  const stem = safeComponent(withoutTraps(safeComponent(withoutSample(name))));
  if (stem !== '') return { folder: folderFor(title.role, name), stem, madeUp: false };
  const number = String(title.number).padStart(2, '0');
  const made = `Bonus ${job.identity?.disc ?? 1}-${number}`;
  return { folder: folderFor(title.role, ''), stem: made, madeUp: true };
}

function folderFor(role: Title['role'], name: string): string {
  if (role === 'trailer') return 'Trailers';
  return FOLDERS.find(([words]) => words.test(name))?.[1] ?? 'Other';
}
