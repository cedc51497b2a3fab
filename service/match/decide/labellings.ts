import type { DiscTitle } from './decide-input.ts';
import type { DiscOrder } from './disc-orders.ts';
import type { SeasonSteps } from './season-steps.ts';

/** What the labels of the references may really mean. */
export interface Labelling {
  /** Per reference the unit that it stands for. */
  readonly labels: readonly number[];
  readonly probability: number;
}

/** A title that a reference vouches for. */
export interface Claim {
  readonly title: DiscTitle;
  /** The episodes, as indexes into the candidates. */
  readonly episodes: readonly number[];
  /** References labelled as it that match the title. */
  readonly references: readonly number[];
  /** Other episodes whose references match the title, too. */
  readonly rivals: readonly number[];
}

/** Of two episodes in a row, that their files were given each other's numbers. */
const SWAPPED_NEIGHBOURS = 0.006;
const SWAPPED_OTHERS = 0.0005;
/** That a file holds the text of the episode before or after. */
const ANOTHERS_TEXT_NEXT_TO_IT = 0.004;
const ANOTHERS_TEXT = 0.001;
/** That all files count one on from what the database counts. */
const SHIFTED = 0.0005;
/** Files of several makers are wrong in the same way so much less often. */
const SEVERAL_MAKERS = 0.02;
const MOST_LABELLINGS = 24;
/** That two titles in a row are the wrong way round on the disc. */
const TITLES_SWAPPED = 0.02;
const MOST_PAIRS = 3;

/**
 * The mistakes in the labels that would put the disc into order: two files with each other's numbers, one with another
 * episode's text. Only claims that the order contradicts give rise to any.
 *
 * @param claims in the order of the disc
 */
export function mistakenLabels(
  { labels, probability }: Labelling,
  claims: readonly Claim[],
  { places }: SeasonSteps,
): Labelling[] {
  const at = new Map([...places].map((place, episode) => [place, episode]));
  const mistakes = new Map<string, Labelling>();
  for (const [index, { episodes, references }] of claims.entries()) {
    const [episode] = episodes;
    if (episode === undefined || episodes.length > 1) continue;
    const place = places[episode] ?? 0;
    const before = ends(claims[index - 1], places)?.last ?? null;
    const after = ends(claims[index + 1], places)?.first ?? null;
    if (isInOrder(before, place, after)) continue;
    const expected = [before === null ? null : before + 1, after === null ? null : after - 1];
    for (const wanted of new Set([place - 1, place + 1, ...expected])) {
      const other = wanted === null || wanted === place ? undefined : at.get(wanted);
      if (other === undefined || wanted === null) continue;
      const isNext = Math.abs(wanted - place) === 1;
      const makers = SEVERAL_MAKERS ** (references.length - 1);
      add(swapped(labels, episode, other), makers * (isNext ? SWAPPED_NEIGHBOURS : SWAPPED_OTHERS));
      add(
        moved(labels, references, other),
        makers * (isNext ? ANOTHERS_TEXT_NEXT_TO_IT : ANOTHERS_TEXT),
      );
    }
  }
  return [...mistakes.values()]
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_LABELLINGS);

  function add(meant: readonly number[], chance: number): void {
    mistakes.set(meant.join(' '), { labels: meant, probability: probability * chance });
  }
}

/** The disc orders in which claims that follow each other, or may as well, the wrong way round change places. */
export function mistakenOrders(
  order: DiscOrder,
  claims: readonly Claim[],
  { places }: SeasonSteps,
): DiscOrder[] {
  const pairs: [DiscTitle, DiscTitle][] = [];
  for (let index = 0; index + 1 < claims.length; index++) {
    const [claim, next] = [claims[index], claims[index + 1]];
    const [here, there] = [ends(claim, places), ends(next, places)];
    if (!claim || !next || !here || !there) continue;
    const isMutual = isRival(claim, next) && isRival(next, claim);
    if (there.last + 1 !== here.first && !isMutual) continue;
    pairs.push([claim.title, next.title]);
    index++;
  }
  const each = pairs.length > 1 ? pairs.slice(0, MOST_PAIRS).map((pair) => [pair]) : [];
  return [...each, ...(pairs.length > 0 ? [pairs] : [])].map((some) => ({
    ...order,
    titles: some.reduce((titles, pair) => exchanged(titles, pair), order.titles),
    probability: order.probability * TITLES_SWAPPED ** some.length,
  }));
}

/** References of the other one's episodes fit it, too. */
function isRival({ rivals }: Claim, { episodes }: Claim): boolean {
  return episodes.some((episode) => rivals.includes(episode));
}

function exchanged(
  titles: readonly DiscTitle[],
  [a, b]: readonly [DiscTitle, DiscTitle],
): readonly DiscTitle[] {
  return titles.map((title) => (title === a ? b : title === b ? a : title));
}

function ends(claim: Claim | undefined, places: Int32Array) {
  if (!claim) return null;
  const held = claim.episodes.map((episode) => places[episode] ?? 0);
  return { first: Math.min(...held), last: Math.max(...held) };
}

/** Between neighbours that are as they should be; of one that has only one, that one. */
function isInOrder(before: number | null, place: number, after: number | null): boolean {
  if (before === null && after === null) return false;
  return (before ?? place - 1) === place - 1 && (after ?? place + 1) === place + 1;
}

/** All labels one on or one back, which only the place of the disc in its set can show. */
export function shifted(labels: readonly number[], { places }: SeasonSteps): Labelling[] {
  const at = new Map([...places].map((place, episode) => [place, episode]));
  return [1, -1].map((by) => ({
    labels: labels.map((label) => at.get((places[label] ?? Number.NaN) + by) ?? -1),
    probability: SHIFTED,
  }));
}

function swapped(labels: readonly number[], a: number, b: number): number[] {
  return labels.map((label) => (label === a ? b : label === b ? a : label));
}

function moved(labels: readonly number[], references: readonly number[], to: number): number[] {
  return labels.map((label, reference) => (references.includes(reference) ? to : label));
}
