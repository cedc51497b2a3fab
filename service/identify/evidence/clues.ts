import type { IdentityStatement } from '../../contract/identity.ts';
import type { WorkClues } from '../../metadata/rank/reasons.ts';
import type { DiscScan } from '../../scan/record.ts';
import type { KindGuess } from '../structure/kinds.ts';
import type { RoleOf } from '../structure/roles.ts';

/** Certainty about the kind that a structure alone never reaches. */
const STATED = 0.99;

/** The kind of work to look for, if the structure or somebody's word speaks for one. */
export function kindClue(
  [guess]: readonly KindGuess[],
  { kind }: IdentityStatement,
): WorkClues['kind'] {
  if (kind === 'movie' || kind === 'tv') return { is: kind, probability: STATED };
  if (kind !== undefined || !guess) return null;
  const { kind: is, probability } = guess;
  return is === 'movie' || is === 'tv' ? { is, probability } : null;
}

/** Seconds of what should run as long as the work does: the film and its cuts, or the episodes. */
export function runtimeClues(
  { titles }: Pick<DiscScan, 'titles'>,
  roles: ReadonlyMap<number, RoleOf>,
): number[] {
  return titles
    .filter(({ number }) => ['main', 'cut', 'episode'].includes(roles.get(number)?.role ?? ''))
    .map(({ duration }) => duration);
}
