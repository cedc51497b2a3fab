import type { Possibility, TitleFinding } from '../contract/findings.ts';
import type { Part, Title } from '../contract/title.ts';
import { episodeCode } from './episode-code.ts';
import { type EpisodeKey, keyOf } from './episode-key.ts';

/** A title with what was measured of it. */
export interface Found {
  title: Title;
  finding: TitleFinding;
}

interface Claim {
  readonly title: Title;
  readonly part: Part | null;
}

/** What is less likely than this is no answer to take in place of a better one. */
const WORTH_A_THOUGHT = 0.1;
const none: Possibility = { episodes: [], name: null, probability: 0, explained: [] };

/**
 * Sees to it that no episode is filed twice because a disc has it twice: the better title keeps it, and of the other
 * one somebody is asked, with what nobody else claims as the suggestion. Parts of one episode do not stand in each
 * other's way, and neither does anything that a person said, or that is filed: it only holds what it holds.
 *
 * @param holders titles that are settled already
 */
export function withoutDoubles(found: readonly Found[], holders: readonly Title[]): Found[] {
  const claims = new Map<string, Claim[]>();
  for (const title of holders) claim(title, keysOf(title), title.match?.part ?? null);
  const sorted = [
    ...found.filter(({ finding }) => finding.verdict !== 'ask').sort(byWorth),
    ...found.filter(({ finding }) => finding.verdict === 'ask'),
  ];
  const judged = new Map(sorted.map(({ title, finding }) => [title, judge(title, finding)]));
  return found.map(({ title, finding }) => ({ title, finding: judged.get(title) ?? finding }));

  function judge(title: Title, finding: TitleFinding): TitleFinding {
    const [best = none] = finding.ranked;
    const possible = finding.ranked.filter((one) => !isSaid(one, finding.part));
    const holder = holderOf(best, finding.part);
    if (!holder) {
      claim(title, best.episodes, finding.part);
      return { ...finding, ranked: possible };
    }
    const other = possible.find(
      (one) => one.probability >= WORTH_A_THOUGHT && !holderOf(one, null),
    );
    const first = other ?? possible.find(({ episodes }) => episodes.length === 0) ?? none;
    claim(title, first.episodes, null);
    const ranked = [first, ...possible.filter((one) => one !== first)];
    return { ...finding, verdict: 'ask', doubt: heldBy(holder, best), part: null, ranked };
  }

  function claim(title: Title, episodes: readonly EpisodeKey[], part: Part | null): void {
    for (const key of episodes.map(keyOf))
      claims.set(key, [...(claims.get(key) ?? []), { title, part }]);
  }

  /** What a person said of another title is no answer any more: it would be refused. */
  function isSaid(one: Possibility, part: Part | null): boolean {
    return holderOf(one, part)?.match?.decidedBy === 'person';
  }

  function holderOf({ episodes }: Possibility, part: Part | null): Title | undefined {
    const rivals = episodes.flatMap((key) => claims.get(keyOf(key)) ?? []);
    return rivals.find((rival) => !part || !rival.part || rival.part.number === part.number)?.title;
  }
}

/** A title of its own is worth more than a place in a longer one; then the longer and the larger counts. */
function byWorth(one: Found, other: Found): number {
  return (
    episodeCount(one) - episodeCount(other) ||
    Math.round(other.title.duration) - Math.round(one.title.duration) ||
    other.title.bytes - one.title.bytes ||
    one.title.number - other.title.number
  );
}

function episodeCount({ finding: { ranked } }: Found): number {
  return ranked[0]?.episodes.length ?? 0;
}

function keysOf({ match }: Title): EpisodeKey[] {
  if (match?.kind !== 'episode') return [];
  return match.episodes.map((episode) => ({ season: match.season ?? 1, episode }));
}

function heldBy({ number }: Title, { episodes }: Possibility): string {
  const numbers = episodes.map(({ episode }) => episode);
  return `Title ${number} is taken for ${episodeCode(episodes[0]?.season ?? null, numbers)} already`;
}
