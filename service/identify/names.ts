import { parse } from 'node:path';
import type { IdentityKind, IdentityStatement } from '../contract/identity.ts';
import { cleanLabel } from '../scan/label.ts';
import { type ParsedLabel, parseLabel, readingsOf } from './label.ts';

/** A possible name of the disc, with the facts that came with it. */
export interface Name extends ParsedLabel {
  id: string;
  /** Probability that this names the disc's content. */
  trust: number;
  /** Worth looking up only where the likelier readings name nothing that there is. */
  fallback?: true;
}

/** What a reading loses against the likelier ones. */
const FALLBACK_TRUST = 0.5;

const imageExtension = /^\.(?:iso|img|udf|mdf|nrg|bin)$/i;

/** What a disc and its image call it, and behind it what else that may mean: "FRIENDS1" is rather season 1. */
export function namesOfDisc({ label }: { label: string }, source: string): Name[] {
  const clean = cleanLabel(label);
  const names = namesOf(parseLabel(clean), parseFileName(source, clean));
  const [first] = names;
  if (!first) return [];
  const others = readingsOf(clean).slice(1);
  const trust = first.trust * FALLBACK_TRUST;
  const fallbacks = others.map((other) => ({
    ...other,
    id: 'label',
    trust,
    fallback: true as const,
  }));
  return [...names, ...fallbacks];
}

/** Label and file name as one name when they agree (the file's spelling is a person's), else both, label first. */
export function namesOf(label: ParsedLabel, file: ParsedLabel): Name[] {
  const merged = mergeFacts(label, file);
  if (label.title === null && file.title === null) return [];
  if (label.title === null) return [{ ...merged, title: file.title, id: 'file', trust: 0.7 }];
  if (file.title === null) return [{ ...merged, title: label.title, id: 'label', trust: 0.7 }];
  if (squeezed(label.title) === squeezed(file.title))
    return [{ ...merged, title: file.title, id: 'label', trust: 0.85 }];
  return [
    { ...label, id: 'label', trust: 0.5 },
    { ...file, id: 'file', trust: 0.4 },
  ];
}

/** What the name of an image file says beside the label it may be named after; devices and folders have none. */
export function parseFileName(source: string, label: string): ParsedLabel {
  const { name, ext } = parse(source);
  return parseLabel(imageExtension.test(ext) && name !== label ? name : '');
}

/** The label counts, and the file name where the label is silent; of the year the file's, which a person wrote. */
export function mergeFacts(label: ParsedLabel, file: ParsedLabel): ParsedLabel {
  return {
    title: label.title ?? file.title,
    season: label.season ?? file.season,
    lastSeason: label.lastSeason ?? file.lastSeason,
    disc: label.disc ?? file.disc,
    discs: label.discs ?? file.discs,
    episodes: label.episodes ?? file.episodes,
    part: label.part ?? file.part,
    volume: label.volume ?? file.volume,
    year: file.year ?? label.year,
    edition: label.edition ?? file.edition,
    bonus: label.bonus || file.bonus,
    side: label.side ?? file.side,
    language: label.language ?? file.language,
    region: label.region ?? file.region,
    standard: label.standard ?? file.standard,
    format: label.format ?? file.format,
    aspect: label.aspect ?? file.aspect,
  };
}

/** Labels run words together and lose punctuation, so names are compared without spaces and marks. */
function squeezed(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The identity that a name makes, with what was stated already. */
export function statementOf(kind: IdentityKind, name: ParsedLabel, stated: IdentityStatement) {
  const { title, year, disc, edition } = name;
  return {
    kind,
    title,
    year: stated.year ?? year,
    season: kind === 'tv' ? (stated.season ?? name.season) : null,
    disc: stated.disc ?? disc,
    edition: stated.edition ?? edition,
    tmdb: null,
  };
}

/** The name of last resort. */
export function unknownName(createdAt: string, facts: ParsedLabel): Name {
  return { ...facts, title: `Unknown disc ${createdAt.slice(0, 10)}`, id: 'unknown', trust: 0.1 };
}
