import type { IdentityKind, IdentityStatement } from '../contract/identity.ts';
import type { Candidate } from '../contract/question.ts';
import type { Evidence } from '../contract/values.ts';
import { nameOf } from '../review/statement.ts';
import { type Name, statementOf } from './names.ts';
import { type KindGuess, SURE_KIND } from './structure/kinds.ts';
import { titleKey } from './title-key.ts';

/** What one of the disc's names reads as, which speaks for the candidates of that title alone. */
export interface NameEvidence {
  title: string | null;
  evidence: Evidence;
}

interface CandidateSources {
  names: readonly Name[];
  ranked: readonly KindGuess[];
  called: readonly NameEvidence[];
  /** What is of the disc, whatever it is called. */
  beside: readonly Evidence[];
  unknown: Name;
  stated: IdentityStatement;
}

/** Every answer worth offering, the most probable first. */
export function candidatesOf({
  names,
  ranked,
  called,
  beside,
  unknown,
  stated,
}: CandidateSources): [Candidate, ...Candidate[]] {
  const [best = unknown, ...others] = names;
  const [first, ...rivals] = ranked;
  const kind = first?.kind ?? 'unknown';
  const candidate = (id: string, kind: IdentityKind, name: Name): Candidate => {
    const identity: IdentityStatement = statementOf(kind, name, stated);
    const own = called.filter(({ title }) => isSilentOr(name, title)).map((one) => one.evidence);
    const evidence = [...own, ...beside].slice(0, 10);
    return { id, label: labelOf(identity), identity, evidence };
  };
  const doubtful = (first?.probability ?? 0) < SURE_KIND;
  const otherKinds = doubtful ? rivals.filter((rival) => rival.kind !== 'unknown') : [];
  return [
    candidate(best.id, kind, best),
    ...others.map((name) => candidate(name.id, kind, name)),
    ...otherKinds.slice(0, 3).map((rival) => candidate(`as-${rival.kind}`, rival.kind, best)),
  ];
}

function isSilentOr(name: Name, title: string | null): boolean {
  return title === null || titleKey(title) === titleKey(name.title ?? '');
}

export const kindWords: Record<IdentityKind, string> = {
  movie: 'Film',
  tv: 'Series',
  extras: 'Extras',
  music: 'Music',
  data: 'Data',
  unknown: 'Something',
};

/** "Film: Long Meridian (2019)": an answer in one line. */
export function labelOf(identity: IdentityStatement): string {
  return `${kindWords[identity.kind ?? 'unknown']}: ${nameOf(identity)}`.slice(0, 300);
}

/** The question as a person reads it. */
export function textOf(label: string, identity: IdentityStatement): string {
  return identity.title ? `Is this disc ${described(identity)}?` : unknownText(label);
}

function described({ title, year, season, disc }: IdentityStatement): string {
  const parts = [`"${title}${year ? ` (${year})` : ''}"`];
  if (season !== null && season !== undefined) parts.push(`season ${season}`);
  if (disc) parts.push(`disc ${disc}`);
  return parts.join(', ');
}

function unknownText(label: string): string {
  return label === ''
    ? 'What is this disc? It has no label.'
    : `What is this disc? Its label "${label.slice(0, 200)}" does not say.`;
}
