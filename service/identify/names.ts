import { parse } from 'node:path';
import type { IdentityKind, IdentityStatement } from '../contract/identity.ts';
import { cleanLabel } from '../scan/label.ts';
import { partedWords } from './label/joined-words.ts';
import { type ParsedLabel, parseLabel, readingsOf } from './label.ts';
import { titleCase } from './title-case.ts';
import { titleKey } from './title-key.ts';

/** A possible name of the disc, with the facts that came with it. */
export interface Name extends ParsedLabel {
  id: string;
  /** Probability that this names the disc's content. */
  trust: number;
  /** Worth looking up only where the likelier readings name nothing that there is. */
  fallback?: true;
  /**
   * Its words run together, and this is how they may be parted. A person should say, whatever is found by it; where
   * every part is a word, it is worth a line of its own.
   */
  guessed?: 'of-words' | 'in-part';
}

/** What a reading loses against the likelier ones. */
const FALLBACK_TRUST = 0.5;

const imageExtension = /^\.(?:iso|img|udf|mdf|nrg|bin)$/i;

/** What a disc and its image say of it, each read by itself. */
export interface Said {
  /** The name in the menu data of a Blu-ray, which its makers wrote for people. */
  authored: ParsedLabel;
  label: ParsedLabel;
  file: ParsedLabel;
}

interface Called {
  label: string;
  name?: string | null;
}

export function saidOf({ label, name }: Called, source: string): Said {
  const clean = cleanLabel(label);
  return {
    authored: parseLabel(name ?? ''),
    label: parseLabel(clean),
    file: parseFileName(source, clean),
  };
}

/**
 * What a disc and its image call it, and behind it what else that may mean: "FRIENDS1" is rather season 1, and
 * "LONGMERIDIAN" has two words.
 */
export function namesOfDisc(disc: Called, source: string): Name[] {
  const names = namesOf(saidOf(disc, source));
  const [first] = names;
  if (!first) return [];
  const { id } = first;
  const others = readingsOf(id === 'disc-name' ? (disc.name ?? '') : disc.label).slice(1);
  const trust = first.trust * FALLBACK_TRUST;
  const fallbacks = others.map((other) => ({ ...other, id, trust, fallback: true as const }));
  return [...names, ...partedNames(names), ...fallbacks, ...partedNames(fallbacks)];
}

/** Names whose words run together, with their words parted; the words of one name help with another. */
export function partedNames(names: readonly Name[]): Name[] {
  const words = names.flatMap(({ title }) => title?.split(' ') ?? []);
  return names.flatMap((name) =>
    partedWords(name.title ?? '', words).map(({ text, isComplete }) => ({
      ...name,
      title: titleCase(text),
      trust: name.trust * FALLBACK_TRUST,
      fallback: true as const,
      guessed: isComplete ? ('of-words' as const) : ('in-part' as const),
    })),
  );
}

/** How far each is trusted when it alone names something, and when another one names something else. */
const witnesses = [
  { key: 'authored', id: 'disc-name', alone: 0.8, beside: 0.6 },
  { key: 'label', id: 'label', alone: 0.7, beside: 0.5 },
  { key: 'file', id: 'file', alone: 0.7, beside: 0.4 },
] as const;
const TWO_AGREE = 0.85;

/**
 * One name where all that name something agree, spelled as people spell it; else every one of them, the most trusted
 * first. What those that name nothing say (a season, a disc) holds for all.
 */
export function namesOf(said: Said): Name[] {
  const titled = witnesses.filter(({ key }) => said[key].title !== null);
  const groups = new Map<string, (typeof titled)[number][]>();
  for (const witness of titled) {
    const key = titleKey(said[witness.key].title ?? '');
    groups.set(key, [...(groups.get(key) ?? []), witness]);
  }
  const rest = witnesses.filter(({ key }) => said[key].title === null).map(({ key }) => said[key]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const facts = mergedFacts([...group.map(({ key }) => said[key]), ...rest]);
    // A year in the name of a file is a person's word.
    const year = group.some(({ key }) => key === 'file')
      ? (said.file.year ?? facts.year)
      : facts.year;
    const agreed = group.length > 1 ? TWO_AGREE : first.alone;
    const trust = groups.size === 1 ? agreed : first.beside;
    return [{ ...facts, year, title: spelledTitle(group, said), id: first.id, trust }];
  });
}

/** A label is in capitals; of the others the disc's own name comes first. */
function spelledTitle(group: readonly { key: keyof Said }[], said: Said): string | null {
  const keys = group.map(({ key }) => key);
  const spelled = (['authored', 'file', 'label'] as const).find((key) => keys.includes(key));
  return spelled ? said[spelled].title : null;
}

/** What the name of an image file says beside the label it may be named after; devices and folders have none. */
function parseFileName(source: string, label: string): ParsedLabel {
  const { name, ext } = parse(source);
  if (!imageExtension.test(ext)) return parseLabel('');
  const bare = withoutInnerExtension(name, label);
  return parseLabel(bare === label ? '' : bare);
}

/**
 * "Long Meridian.bridge" says of what kind the image is. A dot that parts the words of the name itself is left:
 * "Long.Meridian", "Mr. Robot", "Kill Bill Vol.2".
 */
function withoutInnerExtension(name: string, label: string): string {
  const [inner = ''] = /\.[a-z][a-z0-9-]{1,11}$/.exec(name) ?? [];
  const bare = name.slice(0, name.length - inner.length);
  const isLabel = titleKey(bare) === titleKey(label);
  return isLabel || /[ _]/.test(bare) ? bare : name;
}

/** The first that says something counts; of the year the file's, which a person wrote. */
export function factsOf({ authored, label, file }: Said): ParsedLabel {
  const year = authored.year ?? file.year ?? label.year;
  return { ...mergedFacts([authored, label, file]), year };
}

function mergedFacts(readings: readonly ParsedLabel[]): ParsedLabel {
  return readings.reduce((first, second) => ({
    title: first.title ?? second.title,
    season: first.season ?? second.season,
    lastSeason: first.lastSeason ?? second.lastSeason,
    disc: first.disc ?? second.disc,
    discs: first.discs ?? second.discs,
    episodes: first.episodes ?? second.episodes,
    part: first.part ?? second.part,
    volume: first.volume ?? second.volume,
    year: first.year ?? second.year,
    edition: first.edition ?? second.edition,
    bonus: first.bonus || second.bonus,
    side: first.side ?? second.side,
    language: first.language ?? second.language,
    region: first.region ?? second.region,
    standard: first.standard ?? second.standard,
    format: first.format ?? second.format,
    aspect: first.aspect ?? second.aspect,
  }));
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
