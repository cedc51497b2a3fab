import type { EpisodeKey } from '../episode-key.ts';
import type { DecideInput, DiscTitle, EpisodeCandidate, InsideSpan } from './decide-input.ts';
import { repeats } from './disc-orders.ts';
import { median } from './median.ts';
import { insideScore, type Scores } from './scores.ts';

/** What one title may hold: an episode, or several. */
export interface Unit {
  /** Indexes into the candidates, ascending. */
  readonly episodes: readonly number[];
  /** Seconds that all its episodes last by the database; null when it does not know. */
  readonly runtime: number | null;
}

export interface Units {
  /** The single episodes first, at the index of their candidate. */
  readonly units: readonly Unit[];
  /** Index of the unit that holds exactly these episodes, if it is one. */
  readonly indexOf: (episodes: readonly number[]) => number | undefined;
  /** Per title, the sets of several episodes that it may hold; single ones it may always. */
  readonly sets: readonly ReadonlySet<number>[];
}

/** A title is no longer than so many episodes. */
const MOST_EPISODES = 12;
/** Two references are in one title when their stretches overlap by less than this share of the shorter one. */
const OVERLAP = 0.3;
/** A stretch that belongs to nothing and is this long, in episodes, is an episode without a reference. */
const GAP = 0.7;

/** Everything that the titles of a disc may hold. */
export function unitsOf(input: DecideInput, models: Scores['models']): Units {
  const { candidates, references, titles } = input;
  const units: Unit[] = [];
  const indexes = new Map<string, number>();
  const typical = typicalRuntime(input);
  for (const index of candidates.keys()) add([index]);
  const labelled = references.map(({ episodes }) => episodes).filter(isSet);
  const sets = titles.map((title) => {
    if (repeats(title)) return new Set<number>();
    const said = [title.stated, title.described].map((keys) => indexesOf(keys ?? [], candidates));
    return new Set(
      [...labelled, ...insideSets(title, input, models, typical), ...runs(title, typical), ...said]
        .filter(isSet)
        .map(add),
    );
  });
  return { units, sets, indexOf: (episodes) => indexes.get(keyOf(episodes)) };

  function add(episodes: readonly number[]): number {
    const key = keyOf(episodes);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, units.length);
    const sorted = sortedOnce(episodes);
    units.push({ episodes: sorted, runtime: runtimeOf(sorted, candidates) });
    return units.length - 1;
  }

  /** All runs of so many episodes of a season as the title is long. */
  function runs({ duration }: DiscTitle, typical: number | null): number[][] {
    const length = typical === null ? 1 : Math.round(duration / typical);
    if (length < 2 || length > MOST_EPISODES) return [];
    return [...candidates.keys()]
      .map((first) => Array.from({ length }, (_, index) => first + index))
      .filter(([first = 0]) => {
        const last = candidates[first + length - 1];
        return last !== undefined && last.season === candidates[first]?.season;
      });
  }
}

function isSet(episodes: readonly number[]): boolean {
  return episodes.length > 1;
}

function keyOf(episodes: readonly number[]): string {
  return sortedOnce(episodes).join(' ');
}

function sortedOnce(episodes: readonly number[]): number[] {
  return [...new Set(episodes)].sort((a, b) => a - b);
}

function indexesOf(keys: readonly EpisodeKey[], candidates: readonly EpisodeCandidate[]): number[] {
  const indexes = keys.map(({ season, episode }) =>
    candidates.findIndex((one) => one.season === season && one.episode === episode),
  );
  return indexes.includes(-1) ? [] : indexes;
}

function runtimeOf(episodes: readonly number[], candidates: readonly EpisodeCandidate[]) {
  return episodes.reduce<number | null>((sum, index) => {
    const runtime = candidates[index]?.runtime ?? null;
    return sum === null || runtime === null ? null : sum + runtime;
  }, 0);
}

/** How long an episode is, seconds: by the database, else by the references, else by the disc's own episodes. */
export function typicalRuntime({
  candidates,
  references,
  titles,
}: Pick<DecideInput, 'candidates' | 'references' | 'titles'>): number | null {
  const known = [
    candidates.map(({ runtime }) => runtime ?? 0),
    references.map(({ ends, episodes }) => (ends ?? 0) / episodes.length),
    titles.filter(({ role }) => role === 'episode').map(({ duration }) => duration),
  ].map((values) => values.filter((value) => value > 0));
  const first = known.find((values) => values.length > 0);
  return first ? median(first) : null;
}

/** The episodes whose references were found one behind the other in the title, with and without those between. */
function insideSets(
  { inside = [], duration }: DiscTitle,
  { references, candidates }: DecideInput,
  models: Scores['models'],
  typical: number | null,
): number[][] {
  const found: InsideSpan[] = [];
  const labels = new Set<string>();
  for (const span of inside.toSorted((a, b) => b.z - a.z)) {
    const label = (references[span.reference]?.episodes ?? []).join(' ');
    if (insideScore(span) < models[span.signal].threshold || labels.has(label)) continue;
    if (found.some((other) => overlap(span, other) > OVERLAP)) continue;
    labels.add(label);
    found.push(span);
  }
  const episodes = found.flatMap(({ reference }) => references[reference]?.episodes ?? []);
  if (episodes.length < 2) return [];
  const first = Math.min(...episodes);
  const last = Math.max(...episodes);
  const hull = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const isOneSeason = candidates[first]?.season === candidates[last]?.season;
  const covered = found.reduce((sum, { from, to }) => sum + to - from, 0);
  const hasRoom = typical !== null && duration - covered > GAP * typical;
  if (!isOneSeason) return [];
  return hull.length <= MOST_EPISODES && hasRoom ? [episodes, hull] : [episodes];
}

/** Share of the shorter one. */
function overlap(a: InsideSpan, b: InsideSpan): number {
  const common = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  return common / Math.max(1, Math.min(a.to - a.from, b.to - b.from));
}
