import { parse } from 'node:path';
import type { Identity, IdentityKind, IdentityStatement } from '../contract/identity.ts';
import type { Candidate } from '../contract/question.ts';
import type { Evidence } from '../contract/values.ts';
import type { TitleForm } from '../metadata/works.ts';
import { cleanLabel } from '../scan/label.ts';
import { candidatesOf, kindWords, labelOf, type NameEvidence, textOf } from './candidates.ts';
import { type LookedUp, nothingLookedUp } from './evidence/looked-up.ts';
import type { Possibility } from './evidence/possibility.ts';
import { weigh } from './evidence/weigh.ts';
import type { ParsedLabel } from './label.ts';
import {
  factsOf,
  type Name,
  namesOf,
  namesOfDisc,
  partedNames,
  type Said,
  saidOf,
  unknownName,
} from './names.ts';
import type { KindGuess } from './structure/kinds.ts';

/** What can be said of a disc without asking anybody. */
export interface Reading {
  identity: Omit<Identity, 'decidedBy'>;
  /** True when a name of the disc, or a catalogue, gave the title; otherwise nobody knows it. */
  named: boolean;
  /** True when more than a name vouches for it, so that nobody has to be asked. */
  sure: boolean;
  text: string;
  /** The first is the default. */
  candidates: [Candidate, ...Candidate[]];
}

interface Sources {
  label: string;
  /** What a Blu-ray calls itself in its menu data. */
  name?: string | null;
  source: string;
  kinds: readonly KindGuess[];
  /** What the catalogues say; nothing when none was asked. */
  lookedUp?: LookedUp;
  /** Which of a work's titles is used. */
  form?: TitleForm;
  /** What is known already, by a flow's or a person's word. */
  stated: IdentityStatement;
  /** ISO 8601; the name of last resort. */
  createdAt: string;
}

/** Weighs the catalogues, the label, the image's file name and the structure into one identity and a question. */
export function readIdentity(sources: Sources): Reading {
  const { source, kinds, stated, createdAt, lookedUp = nothingLookedUp } = sources;
  const label = cleanLabel(sources.label);
  const said = saidOf(sources, source);
  const facts = factsOf(said);
  const ranked = stated.kind ? [statedKind(stated.kind)] : rankKinds(kinds, facts);
  const names = namesOf(said);
  const called = namesEvidence(said, { ...sources, label });
  const beside = [
    ...structureEvidence(ranked),
    ...lookedUp.remarks.map((says) => ({
      source: 'catalogue',
      says: says.slice(0, 300),
      weight: 0,
    })),
  ];
  const evidence = [...called.map((one) => one.evidence), ...beside];
  const unknown = unknownName(createdAt, facts);
  const parted = partedNames(names).filter(({ guessed }) => guessed === 'of-words');
  const offers = parted.map((name, index) => ({ ...name, id: `words-${index + 1}` }));
  const all = [...names, ...offers];
  const own = candidatesOf({ names: all, ranked, called, beside, stated, unknown });
  const { possibilities, sure } = weigh({
    lookedUp,
    local: localPossibility(names, own[0], ranked),
    kinds: ranked,
    names: namesOfDisc(sources, source),
    stated,
    form: sources.form ?? 'localized',
  });
  const [best] = possibilities;
  const statement = best?.identity ?? { ...own[0].identity, title: null };
  return {
    identity: {
      ...complete(statement),
      probability: best?.probability ?? (ranked[0]?.probability ?? 0) * 0.1,
      evidence: [...(best?.evidence ?? []), ...evidence].slice(0, 20),
    },
    named: best !== undefined,
    sure,
    text: textOf(label, statement),
    candidates: offered(
      possibilities.map((one) => candidateOf(one, own[0].evidence)),
      own,
    ),
  };
}

/** What the disc's own names come to; null when they name nothing. */
function localPossibility(
  [name]: readonly Name[],
  { id, identity = {} }: Candidate,
  [guess]: readonly KindGuess[],
): Possibility | null {
  if (!name) return null;
  const probability = (guess?.probability ?? 0) * name.trust;
  return { id, identity, probability, confirmed: false, evidence: [] };
}

function candidateOf(
  { id, identity, evidence }: Possibility,
  common: readonly Evidence[],
): Candidate {
  return {
    id,
    label: labelOf(identity),
    identity,
    evidence: (evidence.length > 0 ? evidence : common).slice(0, 10),
  };
}

const MOST_CANDIDATES = 5;

/** The possibilities, and behind them what the names alone allow; nothing twice. */
function offered(
  possible: readonly Candidate[],
  own: readonly [Candidate, ...Candidate[]],
): [Candidate, ...Candidate[]] {
  const ids = new Set<string>();
  const all = [...possible, ...own].filter(({ id }) => !ids.has(id) && ids.add(id));
  const [first = own[0], ...others] = all;
  const kept = others.slice(0, MOST_CANDIDATES - 1);
  const [local] = own;
  // Whoever knows better than the catalogues finds the disc's own name among the answers.
  if (![first, ...kept].some(({ id }) => id === local.id)) kept.splice(-1, 1, local);
  return [first, ...kept];
}

/** An identity in which everything has been said, be it that it is not known. */
function complete(
  statement: IdentityStatement,
): Omit<Identity, 'decidedBy' | 'probability' | 'evidence'> {
  return {
    kind: statement.kind ?? 'unknown',
    title: statement.title ?? null,
    year: statement.year ?? null,
    season: statement.season ?? null,
    disc: statement.disc ?? null,
    edition: statement.edition ?? null,
    tmdb: statement.tmdb ?? null,
    genres: statement.genres ?? [],
    certification: statement.certification ?? null,
    originalLanguage: statement.originalLanguage ?? null,
  };
}

function rankKinds(kinds: readonly KindGuess[], { season, bonus }: ParsedLabel): KindGuess[] {
  const said = (guess: KindGuess) => [guess, ...withinTheRest(kinds, guess)];
  if (season !== null) {
    const agrees = kinds[0]?.kind === 'tv';
    const says = `a season is named${agrees ? ', and the structure agrees' : ''}`;
    const probability = agrees ? 0.97 : 0.7;
    return said({ kind: 'tv', probability, says, against: null });
  }
  if (bonus)
    return said({
      kind: 'extras',
      probability: 0.7,
      says: 'it is called a bonus',
      against: null,
    });
  return [...kinds];
}

/** The other kinds, as probable as the one that a name speaks for leaves them. */
function withinTheRest(kinds: readonly KindGuess[], { kind, probability }: KindGuess): KindGuess[] {
  const others = kinds.filter((guess) => guess.kind !== kind);
  const sum = others.reduce((total, guess) => total + guess.probability, 0);
  const share = Math.min(1, (1 - probability) / sum);
  return others.map((guess) => ({ ...guess, probability: guess.probability * share }));
}

function statedKind(kind: IdentityKind): KindGuess {
  return { kind, probability: 1, says: 'it was set for this job', against: null };
}

function namesEvidence(
  { authored, label, file }: Said,
  called: Pick<Sources, 'label' | 'name' | 'source'>,
): NameEvidence[] {
  const fileName = cleanLabel(parse(called.source).base);
  const says = (what: string, text: string, title: string | null) =>
    `${what} "${text.slice(0, 120)}" ${title === null ? 'names nothing' : `reads as "${title}"`}`;
  const read = (source: string, words: string, title: string | null, weight: number) => ({
    title,
    evidence: { source, says: words, weight: title === null ? 0 : weight },
  });
  const name = cleanLabel(called.name ?? '');
  return [
    ...(authored.title === null
      ? []
      : [
          read('disc-name', says('The disc’s own name', name, authored.title), authored.title, 0.7),
        ]),
    read('label', says('The label', called.label, label.title), label.title, 0.6),
    ...(file.title === null
      ? []
      : [read('file-name', says('The file name', fileName, file.title), file.title, 0.5)]),
  ];
}

function structureEvidence(ranked: readonly KindGuess[]): Evidence[] {
  return ranked.map(({ kind, says, probability }) => ({
    source: 'structure',
    says: `${kindWords[kind]}, ${Math.round(probability * 100)} %: ${says}`,
    weight: probability,
  }));
}
