import type { SeasonSteps } from './season-steps.ts';

/** What the labels of the references may really mean. */
export interface Labelling {
  /** Per reference the unit that it stands for. */
  readonly labels: readonly number[];
  readonly probability: number;
}

/** A title that a reference vouches for. */
export interface Claim {
  /** The episode, an index into the candidates. */
  readonly episode: number;
  /** References labelled as it that match the title. */
  readonly references: readonly number[];
}

/** Of two episodes in a row, that their files were given each other's numbers. */
const SWAPPED_NEIGHBOURS = 0.004;
const SWAPPED_OTHERS = 0.0005;
/** That a file holds the text of the episode before or after. */
const ANOTHERS_TEXT_NEXT_TO_IT = 0.004;
const ANOTHERS_TEXT = 0.001;
/** That all files count one on from what the database counts. */
const SHIFTED = 0.0005;
/** Files of several makers are wrong in the same way so much less often. */
const SEVERAL_MAKERS = 0.05;
const MOST_LABELLINGS = 40;

/**
 * The labels as they are, and the mistakes in them that would put the disc into order: two files with each other's
 * numbers, one with another episode's text. Only claims that the order contradicts give rise to any.
 *
 * @param claims in the order of the disc
 */
export function labellings(
  labels: readonly number[],
  claims: readonly Claim[],
  { places }: SeasonSteps,
): Labelling[] {
  const at = new Map([...places].map((place, episode) => [place, episode]));
  const others = new Map<string, Labelling>();
  for (const [index, { episode, references }] of claims.entries()) {
    const place = places[episode] ?? 0;
    const before = placeOf(claims[index - 1]);
    const after = placeOf(claims[index + 1]);
    if (before === place - 1 && after === place + 1) continue;
    if (before === null ? after === place + 1 : after === null && before === place - 1) continue;
    const expected = [before === null ? null : before + 1, after === null ? null : after - 1];
    for (const wanted of new Set([place - 1, place + 1, ...expected])) {
      const other = wanted === null || wanted === place ? undefined : at.get(wanted);
      if (other === undefined || wanted === null) continue;
      const isNext = Math.abs(wanted - place) === 1;
      const makers = SEVERAL_MAKERS ** (references.length - 1);
      addTo(
        swapped(labels, episode, other),
        (isNext ? SWAPPED_NEIGHBOURS : SWAPPED_OTHERS) * makers,
      );
      addTo(
        moved(labels, references, other),
        (isNext ? ANOTHERS_TEXT_NEXT_TO_IT : ANOTHERS_TEXT) * makers,
      );
    }
  }
  const likely = [...others.values()]
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_LABELLINGS);
  const rest = likely.reduce((sum, { probability }) => sum + probability, 0);
  return [{ labels, probability: 1 - rest }, ...likely];

  function placeOf(claim: Claim | undefined): number | null {
    return claim === undefined ? null : (places[claim.episode] ?? null);
  }

  function addTo(meant: readonly number[], probability: number): void {
    others.set(meant.join(' '), { labels: meant, probability });
  }
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
