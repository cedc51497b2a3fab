import type { TitleScores } from './scores.ts';
import type { Unit } from './units.ts';

/** Share of references that are useless: another cut, another show's text, full of gaps. */
const USELESS = 0.08;
/** Share of references whose text belongs to another episode, when nothing else tells. */
const MISLABELLED = 0.01;
/** Mislabelled ones name the episode before or after this often each, else any. */
const NEXT_TO_IT = 0.2;
/** Other references of the same label that match as well make it so much less likely that the label is wrong. */
const SEVERAL_MISLABELLED = 0.1;
/** What matches and is none of the candidates has a reference that is labelled as one of them. */
const LABELLED_FROM_ELSEWHERE = 0.001;
/** From here on (logarithm) a reference matches well enough to ask whether its label is right. */
const MATCHES = 2;
const MOST = 18;

/** What the references say of a title: logarithms of likelihood ratios against "none of them is right". */
export interface ReferenceEvidence {
  readonly units: Float64Array;
  readonly none: number;
}

export interface EvidenceSources {
  readonly scores: TitleScores;
  readonly units: readonly Unit[];
  /** Number of single episodes, which come first among the units. */
  readonly candidates: number;
  /** Per reference the unit that its label names, or -1 for none. */
  readonly labels: readonly number[];
}

/** Weighs every unit by the references that are labelled as it, and a little by those that may be labelled wrongly. */
export function referenceEvidence(sources: EvidenceSources): ReferenceEvidence {
  const { scores, units, candidates, labels } = sources;
  const own = ownRatios(scores.ratios, labels, units.length);
  const evidence = own.slice();
  for (let unit = candidates; unit < units.length; unit++) {
    const parts = (units[unit]?.episodes ?? []).reduce(
      (sum, episode) => sum + (own[episode] ?? 0),
      0,
    );
    const isLabelled = labels.includes(unit);
    evidence[unit] = isLabelled ? logSum(own[unit] ?? 0, parts) - Math.LN2 : parts;
  }
  return { units: evidence, none: addMislabelled(evidence, sources) };
}

/**
 * Per unit: each of its references may be useless, and those that are not agree. Without a reference nothing is
 * said: 0.
 */
function ownRatios(ratios: Float64Array, labels: readonly number[], count: number): Float64Array {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (const [reference, unit] of labels.entries()) {
    const ratio = ratios[reference] ?? Number.NaN;
    if (!Number.isNaN(ratio)) members[unit]?.push(ratio);
  }
  return Float64Array.from(members, (own) => {
    if (own.length === 0) return 0;
    const all = own.map((_, index) => {
      const others = own.reduce(
        (product, ratio, other) => (other === index ? product : product * plausible(ratio)),
        1,
      );
      return ((1 - USELESS) / own.length) * Math.exp(own[index] ?? 0) * others;
    });
    const sum = all.reduce((total, one) => total + one, USELESS ** own.length);
    return Math.min(MOST, Math.log(sum));
  });
}

/** How likely a reference's ratio is beside one that matches: it matches, too, or it is useless. */
function plausible(ratio: number): number {
  return (1 - USELESS) * Math.min(1, Math.exp(ratio)) + USELESS;
}

/** Adds to each episode what references of others would mean if their labels were wrong; gives the same for none. */
function addMislabelled(
  evidence: Float64Array,
  { scores: { ratios }, labels, candidates }: EvidenceSources,
): number {
  let none = 0;
  for (const [reference, label] of labels.entries()) {
    const ratio = ratios[reference] ?? Number.NaN;
    if (!(ratio > MATCHES)) continue;
    const others = labels.filter(
      (other, index) => index !== reference && other === label && (ratios[index] ?? 0) > MATCHES,
    );
    const doubt = Math.log(SEVERAL_MISLABELLED) * others.length;
    none = logSum(none, Math.log(LABELLED_FROM_ELSEWHERE) + doubt + ratio);
    for (let unit = 0; unit < candidates; unit++) {
      if (unit === label) continue;
      const near = Math.abs(unit - label) === 1 ? NEXT_TO_IT : 0;
      const share = near + (1 - 2 * NEXT_TO_IT) / candidates;
      const before = evidence[unit] ?? 0;
      // Its own references, if it has any, did not match: that stays.
      const added = Math.log(MISLABELLED * share) + doubt + ratio + Math.min(0, before);
      evidence[unit] = Math.min(MOST, logSum(before, added));
    }
  }
  return none;
}

function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
