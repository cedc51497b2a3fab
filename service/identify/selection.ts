import type { TitleRole } from '../contract/title.ts';

const SHORTEST_EXTRA_SECONDS = 60;
const SHORTEST_UNKNOWN_SECONDS = 120;

interface Candidate {
  number: number;
  role: TitleRole;
  duration: number;
  bytes: number;
}

/**
 * The titles to rip, by number: all content once, nothing twice, so that the choice holds whatever kind the disc turns
 * out to be. A play-all is taken only when it is `alone` in playing something. Of a disc of unknown kind as much
 * as fits into `budgetBytes`, biggest first. A disc whose titles are all short still gives its biggest.
 */
export function selectTitles(
  titles: readonly Candidate[],
  budgetBytes: number,
  alone: ReadonlySet<number> = new Set(),
): Set<number> {
  const wanted = new Set([...titles.filter(isWanted).map(({ number }) => number), ...alone]);
  let left = budgetBytes;
  const bySize = titles.filter(isDistinct).toSorted((a, b) => b.bytes - a.bytes);
  for (const { number, role, duration, bytes } of bySize) {
    if (role !== 'unknown' || duration < SHORTEST_UNKNOWN_SECONDS || bytes > left) continue;
    wanted.add(number);
    left -= bytes;
  }
  const [biggest] = bySize;
  if (wanted.size === 0 && biggest) wanted.add(biggest.number);
  return wanted;
}

function isWanted({ role, duration }: Candidate): boolean {
  if (role === 'main' || role === 'cut' || role === 'episode') return true;
  return (role === 'extra' || role === 'trailer') && duration >= SHORTEST_EXTRA_SECONDS;
}

function isDistinct({ role }: Candidate): boolean {
  return role !== 'play-all' && role !== 'duplicate' && role !== 'decoy';
}
