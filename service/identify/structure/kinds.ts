import type { IdentityKind } from '../../contract/identity.ts';
import { logSum } from './densities.ts';
import type { Story } from './stories.ts';

/** One reading of the disc's structure. */
export interface KindGuess {
  kind: IdentityKind;
  /** Calibrated: of many discs with this figure so many are of this kind. */
  probability: number;
  says: string;
  /** What spoke for another kind; null when nothing did. */
  against: string | null;
}

/** Below this probability a person is asked: a wrong kind costs as much as eight questions. */
export const SURE_KIND = 0.875;

/** The signs are not as independent of one another as a product of likelihoods takes them to be. */
const TEMPER = 0.75;
/** Structure alone is never surer than this. */
const SUREST = 0.97;
const LEAST = 0.01;

/** The kinds of disc that the stories speak for, most probable first. */
export function kindsOf(stories: readonly Story[]): KindGuess[] {
  const best = new Map<IdentityKind, Story>();
  const likelihoods = new Map<IdentityKind, number[]>();
  for (const story of stories) {
    likelihoods.set(story.kind, [...(likelihoods.get(story.kind) ?? []), story.logLikelihood]);
    const known = best.get(story.kind);
    if (!known || story.logLikelihood > known.logLikelihood) best.set(story.kind, story);
  }
  const logs = [...likelihoods].map(([kind, all]) => [kind, TEMPER * logSum(all)] as const);
  const total = logSum(logs.map(([, log]) => log));
  const ranked = logs
    .map(([kind, log]) => ({ kind, probability: Math.min(SUREST, Math.exp(log - total)) }))
    .sort((a, b) => b.probability - a.probability)
    .filter(({ probability }, index) => index === 0 || probability >= LEAST);
  return ranked.map(({ kind, probability }, index) => {
    const rival = ranked[index === 0 ? 1 : 0];
    const against = rival && rival.probability >= 0.05 ? best.get(rival.kind)?.says : undefined;
    return { kind, probability, says: best.get(kind)?.says ?? '', against: against ?? null };
  });
}

/** The most likely story of a kind: which titles the disc is about. */
export function bestStory(kind: IdentityKind, stories: readonly Story[]): Story | null {
  return stories
    .filter((story) => story.kind === kind)
    .reduce<Story | null>(
      (best, story) => (best && best.logLikelihood >= story.logLikelihood ? best : story),
      null,
    );
}
