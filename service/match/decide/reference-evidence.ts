import type { TitleScores } from './scores.ts';
import type { Unit } from './units.ts';

/** Share of references that are useless: another cut, another show's text, full of gaps. */
const USELESS = 0.08;
/** The same for one that fits another title of the disc. */
const USELESS_THOUGH_PROVEN = 0.01;
/** Share of references whose text belongs to another episode, when nothing else tells. */
const MISLABELLED = 0.01;
/** Mislabelled ones name the episode before or after this often each, else any. */
const NEXT_TO_IT = 0.2;
/** Other references of the same label that match as well make it so much less likely that the label is wrong. */
const SEVERAL_MISLABELLED = 0.1;
/** What matches and is none of the candidates has a reference that is labelled as one of them. */
const LABELLED_FROM_ELSEWHERE = Math.log(0.001);
/** From here on (logarithm) a reference matches well enough to ask whether its label is right. */
const MATCHES = 2;
const MOST = 18;

/** What the references say of a title: logarithms of likelihood ratios against "none of them is right". */
export interface ReferenceEvidence {
  readonly units: Float64Array;
  readonly none: number;
}

/** Which references stand for which unit. */
export interface LabelledReferences {
  /** Per reference the unit that it stands for, or -1 for none. */
  readonly labels: readonly number[];
  /** Per unit its references. */
  readonly members: readonly (readonly number[])[];
}

export function labelledReferences(labels: readonly number[], units: number): LabelledReferences {
  const members: number[][] = Array.from({ length: units }, () => []);
  for (const [reference, unit] of labels.entries()) members[unit]?.push(reference);
  return { labels, members };
}

/**
 * Weighs every unit by the references that are labelled as it, and a little by those that may be labelled wrongly.
 *
 * @param units the single episodes first
 * @param candidates number of the single episodes
 */
export function referenceEvidence(
  { ratios, isProven }: Pick<TitleScores, 'ratios' | 'isProven'>,
  { labels, members }: LabelledReferences,
  { units, candidates }: { units: readonly Unit[]; candidates: number },
): ReferenceEvidence {
  const evidence = Float64Array.from(members, (references) =>
    ownRatio(ratios, isProven, references),
  );
  for (let unit = candidates; unit < units.length; unit++) {
    const parts = (units[unit]?.episodes ?? []).reduce(
      (sum, episode) => sum + (evidence[episode] ?? 0),
      0,
    );
    const isLabelled = (members[unit]?.length ?? 0) > 0;
    evidence[unit] = isLabelled ? logSum(evidence[unit] ?? 0, parts) - Math.LN2 : parts;
  }
  const own = evidence.slice(0, candidates);
  let none = 0;
  for (const [reference, label] of labels.entries()) {
    const ratio = ratios[reference] ?? Number.NaN;
    if (!(ratio > MATCHES)) continue;
    const others = (members[label] ?? []).filter(
      (other) => other !== reference && (ratios[other] ?? 0) > MATCHES,
    );
    const doubtful = ratio + Math.log(SEVERAL_MISLABELLED) * others.length;
    none = logSum(none, LABELLED_FROM_ELSEWHERE + doubtful);
    addMislabelled(evidence, { own, label, doubtful });
  }
  return { units: evidence, none };
}

/**
 * Each of the references may be useless, and those that are not agree (logarithm). Without a reference nothing is
 * said: 0.
 */
function ownRatio(
  ratios: Float64Array,
  isProven: readonly boolean[],
  references: readonly number[],
): number {
  let [count, matching, useless] = [0, 0, 1];
  for (const reference of references) {
    const ratio = ratios[reference] ?? Number.NaN;
    if (Number.isNaN(ratio)) continue;
    const uselessness = uselessnessOf(isProven[reference]);
    let likelihood = (1 - uselessness) * Math.exp(ratio);
    for (const other of references) {
      const otherRatio = ratios[other] ?? Number.NaN;
      if (other !== reference && !Number.isNaN(otherRatio))
        likelihood *= plausible(otherRatio, uselessnessOf(isProven[other]));
    }
    matching += likelihood;
    useless *= uselessness;
    count++;
  }
  if (count === 0) return 0;
  return Math.min(MOST, Math.log(matching / count + useless));
}

/** How likely a reference's ratio is beside one that matches: it matches, too, or it is useless. */
function plausible(ratio: number, useless: number): number {
  return (1 - useless) * Math.min(1, Math.exp(ratio)) + useless;
}

function uselessnessOf(isProven: boolean | undefined): number {
  return isProven === true ? USELESS_THOUGH_PROVEN : USELESS;
}

/** Adds to each episode what a matching reference of another one would mean if its label were wrong. */
function addMislabelled(
  evidence: Float64Array,
  { own, label, doubtful }: { own: Float64Array; label: number; doubtful: number },
): void {
  const share = (1 - 2 * NEXT_TO_IT) / own.length;
  const [far, near] = [Math.log(MISLABELLED * share), Math.log(MISLABELLED * (share + NEXT_TO_IT))];
  for (let unit = 0; unit < own.length; unit++) {
    if (unit === label) continue;
    const prior = Math.abs(unit - label) === 1 ? near : far;
    // Its own references, if it has any, did not match: that stays.
    const added = prior + doubtful + Math.min(0, own[unit] ?? 0);
    evidence[unit] = Math.min(MOST, logSum(evidence[unit] ?? 0, added));
  }
}

function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
