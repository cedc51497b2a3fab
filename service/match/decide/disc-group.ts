import type { EpisodeKey } from '../episode-key.ts';
import type { DecideInput, DiscGroup, EpisodeCandidate } from './decide-input.ts';
import type { SeasonSteps } from './season-steps.ts';

/** Share of what is known of the set that may be wrong. */
const ASTRAY = 0.15;
/** A disc without any known neighbours begins with the first episode of a season this often. */
const BEGINS_SEASON = 0.3;
/** How much less likely a disc ends elsewhere than just before the next disc. */
const ENDS_ELSEWHERE = 0.1;

/** Indexes of the candidates that other discs of the set hold. */
export function takenEpisodes(
  group: DiscGroup,
  candidates: readonly EpisodeCandidate[],
): ReadonlySet<number> {
  return new Set(group.others.flatMap(({ episodes }) => indexesOf(episodes, candidates)));
}

/** That another disc of the set holds one of these episodes (indexes of the candidates), in words; null if none does. */
export function heldByAnother(
  held: readonly number[],
  { group, candidates }: Pick<DecideInput, 'group' | 'candidates'>,
): string | null {
  const other = group.others.find(({ episodes }) =>
    indexesOf(episodes, candidates).some((index) => held.includes(index)),
  );
  if (!other) return null;
  const which = other.disc === null ? 'Another disc' : `Disc ${other.disc}`;
  return `${which} of the set holds it already`;
}

/** Where a disc begins and ends, by what the other discs of its set hold; in places of a season order. */
export function discBounds(
  group: DiscGroup,
  { candidates, steps, episodes }: BoundsSources,
): { start: Float64Array; end: Float64Array } {
  const count = candidates.length;
  const discs = group.others
    .map(({ disc, episodes: keys }) => ({
      disc,
      places: indexesOf(keys, candidates).map((index) => steps.places[index] ?? 0),
    }))
    .filter(({ places }) => places.length > 0);
  const begins = new Float64Array(count);
  const end = new Float64Array(count).fill(1);
  const own = group.disc;
  const before = own === null ? undefined : nearest(discs, (disc) => own - disc);
  const after = own === null ? undefined : nearest(discs, (disc) => disc - own);
  if (before) {
    const between = before.away - 1;
    near(begins, Math.max(...before.places) + 1 + between * before.places.length, between);
  } else if (own !== null && (own === 1 || !after))
    for (const place of seasonStarts(steps)) near(begins, place + (own - 1) * episodes, own - 1);
  else for (const { places } of discs) near(begins, Math.max(...places) + 1, 0);
  if (after?.away === 1) {
    end.fill(ENDS_ELSEWHERE);
    end[Math.min(...after.places) - 1] = 1;
  }
  return { start: mixed(begins, steps), end };
}

interface BoundsSources {
  candidates: readonly EpisodeCandidate[];
  steps: SeasonSteps;
  /** How many episodes the disc seems to hold. */
  episodes: number;
}

function indexesOf(keys: readonly EpisodeKey[], candidates: readonly EpisodeCandidate[]): number[] {
  return keys
    .map(({ season, episode }) =>
      candidates.findIndex((one) => one.season === season && one.episode === episode),
    )
    .filter((index) => index !== -1);
}

function nearest(
  discs: readonly { disc: number | null; places: readonly number[] }[],
  distance: (disc: number) => number,
) {
  return discs
    .map(({ disc, places }) => ({ places, away: disc === null ? 0 : distance(disc) }))
    .filter(({ away }) => away > 0)
    .sort((a, b) => a.away - b.away)[0];
}

/** A place, give or take some when discs of unknown length lie between. */
function near(begins: Float64Array, place: number, doubt: number): void {
  const width = 0.3 + 0.5 * doubt;
  for (let index = 0; index < begins.length; index++)
    begins[index] = (begins[index] ?? 0) + Math.exp(-0.5 * ((index - place) / width) ** 2);
}

function seasonStarts({ seasons }: SeasonSteps): number[] {
  return [...seasons.keys()].filter(
    (place) => place === 0 || seasons[place - 1] !== seasons[place],
  );
}

/** As a distribution: most of it where the set says, some of it anywhere. */
function mixed(begins: Float64Array, steps: SeasonSteps): Float64Array {
  const count = begins.length;
  const anywhere = new Float64Array(count).fill((1 - BEGINS_SEASON) / count);
  const starts = seasonStarts(steps);
  for (const place of starts)
    anywhere[place] = (anywhere[place] ?? 0) + BEGINS_SEASON / starts.length;
  const total = begins.reduce((sum, weight) => sum + weight, 0);
  if (total < 1e-9) return anywhere;
  return anywhere.map(
    (other, place) => ASTRAY * other + ((1 - ASTRAY) * (begins[place] ?? 0)) / total,
  );
}
