import type { TitleRole } from '../../service/contract/title.ts';
import { drawEpisode, type Episode, type Line } from './episode.ts';
import type { Random } from './random.ts';

/** A title as it is on a disc. */
export interface DrawnTitle extends Episode {
  readonly id: string;
  /** Indexes of the episodes that it holds; empty for what is none. */
  readonly episodes: readonly number[];
  /** As the structure of the disc tells it, not always rightly. */
  readonly role: TitleRole;
  /** Of a play-all that the structure knows, and of a duplicate. */
  readonly members: readonly string[];
}

interface Held extends Omit<DrawnTitle, 'id' | 'members'> {
  readonly repeats?: Held;
}

/** Shares of the discs that have it. */
const SWAPPED_PAIR = 0.08;
const GAP = 0.06;
const DOUBLE = 0.05;
const DUPLICATE = 0.06;
const EXTRAS = 0.35;
const FOREIGN = 0.02;
const PLAY_ALL = 0.25;
const HIDDEN_PLAY_ALL = 0.04;
/** Structure does not know every episode for one. */
const UNKNOWN_ROLE = 0.07;

/** A season on discs of four to six episodes each, in order for the most part, with what else discs hold. */
export function drawDiscs(random: Random, episodes: readonly Episode[]): DrawnTitle[][] {
  const discs: DrawnTitle[][] = [];
  for (let first = 0; first < episodes.length; ) {
    const size = 4 + random.below(3);
    const rest = episodes.length - first;
    const count = rest - size < 3 ? rest : size;
    discs.push(drawDisc(random, episodes, first, count));
    first += count;
  }
  return discs;
}

function drawDisc(
  random: Random,
  episodes: readonly Episode[],
  first: number,
  count: number,
): DrawnTitle[] {
  const runs = Array.from({ length: count }, (_, index) => [first + index]);
  if (random.chance(GAP)) runs.splice(random.below(runs.length), 1);
  if (random.chance(SWAPPED_PAIR)) swapPair(runs, random.below(runs.length - 1));
  if (random.chance(DOUBLE)) {
    const at = random.below(runs.length - 1);
    runs.splice(at, 2, runs.slice(at, at + 2).flat());
  }
  const titles: Held[] = runs.map((run) => {
    const role = random.chance(UNKNOWN_ROLE) ? 'unknown' : 'episode';
    return { ...joined(run, episodes), role };
  });
  const runtime = episodes[first]?.duration ?? 0;
  if (random.chance(DUPLICATE)) {
    const at = random.below(titles.length);
    const [one] = titles.slice(at);
    if (one) titles.splice(at + 1, 0, { ...one, role: 'duplicate', repeats: one });
  }
  if (random.chance(EXTRAS))
    for (let left = 1 + random.below(2); left > 0; left--) insert(random, titles, extra(random));
  if (random.chance(FOREIGN)) insert(random, titles, foreign(random, runtime));
  const isHidden = random.chance(HIDDEN_PLAY_ALL);
  if (isHidden) titles.push({ ...joined(runs.flat(), episodes), role: 'unknown' });
  const named = nameTitles(titles);
  return !isHidden && random.chance(PLAY_ALL) ? [...named, playAll(named)] : named;
}

function nameTitles(titles: readonly Held[]): DrawnTitle[] {
  return titles.map(({ repeats, ...title }, index) => ({
    ...title,
    id: idOf(index),
    members: repeats ? [idOf(titles.indexOf(repeats))] : [],
  }));
}

function idOf(index: number): string {
  return `t${String(index + 1).padStart(2, '0')}`;
}

function swapPair(runs: number[][], at: number): void {
  runs.splice(at, 2, ...runs.slice(at, at + 2).reverse());
}

function insert(random: Random, titles: Held[], title: Held): void {
  titles.splice(random.below(titles.length + 1), 0, title);
}

/** Episodes one behind the other, as one title. */
function joined(run: readonly number[], episodes: readonly Episode[]) {
  const lines: Line[] = [];
  let duration = 0;
  for (const index of run) {
    const episode = episodes[index];
    for (const { start, end } of episode?.lines ?? [])
      lines.push({ start: start + duration, end: end + duration });
    duration += episode?.duration ?? 0;
  }
  return { episodes: run, lines, duration };
}

function extra(random: Random): Held {
  const duration = Math.min(5400, Math.max(90, random.logNormal(700, 0.8)));
  const role = random.chance(0.8) ? 'extra' : 'unknown';
  return { ...drawEpisode(random, duration, -60), episodes: [], role };
}

/** An episode of something else among the others. */
function foreign(random: Random, runtime: number): Held {
  const episode = drawEpisode(random, runtime + random.between(-60, 60), 40);
  return { ...episode, episodes: [], role: 'episode' };
}

function playAll(titles: readonly DrawnTitle[]): DrawnTitle {
  const members = titles.filter(({ role }) => role === 'episode');
  return {
    id: idOf(titles.length),
    episodes: members.flatMap(({ episodes }) => episodes),
    lines: [],
    duration: members.reduce((sum, { duration }) => sum + duration, 0),
    role: 'play-all',
    members: members.map(({ id }) => id),
  };
}
