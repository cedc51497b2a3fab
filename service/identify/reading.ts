import { parse } from 'node:path';
import type { Identity, IdentityKind, IdentityStatement } from '../contract/identity.ts';
import type { Candidate } from '../contract/question.ts';
import type { Evidence } from '../contract/values.ts';
import { cleanLabel } from '../scan/label.ts';
import { candidatesOf, kindWords, textOf } from './candidates.ts';
import type { KindGuess } from './kind.ts';
import { type ParsedLabel, parseLabel } from './label.ts';
import { mergeFacts, namesOf, parseFileName, statementOf, unknownName } from './names.ts';

/** What can be said of a disc without asking anybody. */
export interface Reading {
  identity: Omit<Identity, 'decidedBy'>;
  /** True when a label or file name gave the title; otherwise nobody knows it. */
  named: boolean;
  text: string;
  /** The first is the default. */
  candidates: [Candidate, ...Candidate[]];
}

interface Sources {
  label: string;
  source: string;
  kinds: readonly KindGuess[];
  /** What is known already, by a flow's or a person's word. */
  stated: IdentityStatement;
  /** ISO 8601; the name of last resort. */
  createdAt: string;
}

/** Weighs the label, the image's file name and the structure into one identity and the candidates of a question. */
export function readIdentity(sources: Sources): Reading {
  const { source, kinds, stated, createdAt } = sources;
  const label = cleanLabel(sources.label);
  const byLabel = parseLabel(label);
  const byFile = parseFileName(source, label);
  const facts = mergeFacts(byLabel, byFile);
  const ranked = stated.kind ? [statedKind(stated.kind)] : rankKinds(kinds, facts);
  const names = namesOf(byLabel, byFile);
  const [name] = names;
  const [first] = ranked;
  const kind = first?.kind ?? 'unknown';
  const evidence = [...evidenceOf(label, byLabel, source, byFile), ...structureEvidence(ranked)];
  const identity: Reading['identity'] = {
    ...statementOf(kind, name ?? { ...facts, title: null }, stated),
    genres: [],
    certification: null,
    originalLanguage: null,
    probability: (first?.probability ?? 0) * (name?.trust ?? 0.1),
    evidence,
  };
  return {
    identity,
    named: name !== undefined,
    text: textOf(label, identity),
    candidates: candidatesOf({
      names,
      ranked,
      evidence,
      stated,
      unknown: unknownName(createdAt, facts),
    }),
  };
}

function rankKinds(kinds: readonly KindGuess[], { season, bonus }: ParsedLabel): KindGuess[] {
  const without = (kind: IdentityKind) => kinds.filter((guess) => guess.kind !== kind);
  if (season !== null) {
    const agrees = kinds[0]?.kind === 'tv';
    const says = `a season is named${agrees ? ', and the structure agrees' : ''}`;
    const probability = agrees ? 0.97 : 0.7;
    return [{ kind: 'tv', probability, says }, ...without('tv')];
  }
  if (bonus)
    return [
      { kind: 'extras', probability: 0.7, says: 'it is called a bonus' },
      ...without('extras'),
    ];
  return [...kinds];
}

function statedKind(kind: IdentityKind): KindGuess {
  return { kind, probability: 1, says: 'it was set for this job' };
}

function evidenceOf(
  label: string,
  byLabel: ParsedLabel,
  source: string,
  byFile: ParsedLabel,
): Evidence[] {
  const name = cleanLabel(parse(source).base);
  const says = (what: string, text: string, title: string | null) =>
    `${what} "${text.slice(0, 120)}" ${title === null ? 'names nothing' : `reads as "${title}"`}`;
  return [
    {
      source: 'label',
      says: says('The label', label, byLabel.title),
      weight: byLabel.title ? 0.6 : 0,
    },
    ...(byFile.title === null
      ? []
      : [{ source: 'file-name', says: says('The file name', name, byFile.title), weight: 0.5 }]),
  ];
}

function structureEvidence(ranked: readonly KindGuess[]): Evidence[] {
  return ranked.map(({ kind, says, probability }) => ({
    source: 'structure',
    says: `${kindWords[kind]}, ${Math.round(probability * 100)} %: ${says}`,
    weight: probability,
  }));
}
