import type { Preset } from '../library.ts';
import { editionTag, idTag } from './presets.ts';
import { cleanText, NAME_BYTES, safeComponent, truncate } from './safe-name.ts';
import type { Group, Template } from './template.ts';
import type { Token } from './tokens.ts';

/** What is known of a title when it is named. Texts may be hostile; an empty text counts as unknown. */
export interface NameFacts {
  readonly title: string;
  readonly year: number | null;
  readonly season: number | null;
  readonly episode: number | null;
  readonly lastEpisode: number | null;
  readonly episodeTitle: string;
  readonly edition: string;
  readonly tmdb: number | null;
  readonly disc: number | null;
  readonly number: number;
  readonly label: string;
}

/** Texts that give way when a name is too long, the most dispensable first. Numbers and ids never do. */
const SHRINKABLE = ['episodeTitle', 'label', 'edition', 'title'] as const;
const SHORTEST_BYTES = 12;

/** Folder names and file stem of a title, each safe and short enough; none is empty. */
export function renderNames(
  template: Template,
  facts: NameFacts,
  preset: Preset | undefined,
): string[] {
  let fitting = cleaned(facts);
  for (const key of SHRINKABLE) {
    const over = excess(rendered(template, fitting, preset));
    if (over <= 0) break;
    const room = Math.max(SHORTEST_BYTES, Buffer.byteLength(fitting[key]) - over);
    fitting = { ...fitting, [key]: truncate(fitting[key], room) };
  }
  return rendered(template, fitting, preset).map((name) => safeComponent(name) || 'Unknown');
}

function cleaned(facts: NameFacts): NameFacts {
  const label = namely(facts.label);
  return {
    ...facts,
    label,
    title: namely(facts.title) || label || 'Unknown',
    episodeTitle: cleanText(facts.episodeTitle),
    edition: cleanText(facts.edition),
  };
}

/** A cleaned text, or nothing when no name can be made of it. */
function namely(text: string): string {
  const clean = cleanText(text);
  return safeComponent(clean) === '' ? '' : clean;
}

function excess(names: readonly string[]): number {
  return Math.max(...names.map((name) => Buffer.byteLength(name))) - NAME_BYTES;
}

function rendered(template: Template, facts: NameFacts, preset: Preset | undefined): string[] {
  const values = valuesOf(facts, preset);
  return template.map((parts) =>
    parts.map((part) => (typeof part === 'string' ? part : expand(part, values))).join(''),
  );
}

function expand(group: Group, values: Record<Token, string | number | null>): string {
  const value = values[group.token];
  if (value === null || value === '') return '';
  return group.prefix + formatted(value, group.format) + group.suffix;
}

function formatted(value: string | number, format: string | null): string {
  if (format === null) return String(value);
  if (typeof value === 'number') return String(value).padStart(format.length, '0');
  const characters = [...new Intl.Segmenter().segment(value)].map(({ segment }) => segment);
  const limit = Number(format);
  return characters.length <= limit ? value : `${characters.slice(0, limit - 1).join('')}…`;
}

function valuesOf(
  facts: NameFacts,
  preset: Preset | undefined,
): Record<Token, string | number | null> {
  const { title, edition, tmdb } = facts;
  return {
    ...facts,
    show: title,
    titleThe: title.replace(/^(The|A|An) (.+)$/i, '$2, $1'),
    firstLetter: [...title.replace(/^(The|A|An) /i, '')].slice(0, 1).join('').toUpperCase(),
    idTag: idTag(preset, tmdb),
    editionTag: editionTag(preset, edition),
  };
}
