import type { JobSnapshot } from '../../contract/job.ts';
import type { Part, Title } from '../../contract/title.ts';
import { DiscflowError } from '../../errors.ts';
import { kindOf, type Library } from '../library.ts';
import { extraName } from './extra-name.ts';
import { defaultTemplates } from './presets.ts';
import { type NameFacts, renderNames } from './render.ts';
import { NAME_BYTES, safeComponent } from './safe-name.ts';
import { withoutSample, withoutTraps } from './stacking-traps.ts';
import { parseTemplate, type Template } from './template.ts';

/** Ripped titles are Matroska files, whatever the disc. */
export const EXTENSION = '.mkv';

export type NamedJob = Pick<JobSnapshot, 'identity' | 'titles' | 'disc' | 'library'> & {
  readonly set: { readonly template?: string | null | undefined };
};

export interface TitlePath {
  /** Folder names and, last, the file name, below the library's root. */
  readonly segments: readonly string[];
  readonly template: string;
  /** True when the name says nothing about the content, so an equal name means nothing either. */
  readonly madeUp: boolean;
}

/**
 * Where a matched title goes below the root of a library. Pure: it looks at no disk.
 * Throws `config-invalid` for a bad template and `bad-request` for an episode without a number.
 */
export function titlePath(job: NamedJob, title: Title, library: Library): TitlePath {
  const kind = kindOf(job, title);
  const text = job.set.template ?? ownTemplate(library, kind) ?? defaultTemplates[kind];
  const template = parseTemplate(text);
  if (title.match?.kind === 'extra') return extraPath(job, title, library, { text, template });
  const facts = factsOf(job, title);
  if (kind === 'tv' && facts.episode === null) throw withoutNumber(title);
  const names = renderNames(template, facts, library.preset);
  return { segments: asFile(names, title.match?.part), template: text, madeUp: false };
}

function ownTemplate(library: Library, kind: 'movie' | 'tv'): string | undefined {
  return library.kind === kind ? library.template : undefined;
}

/** Files that differ in nothing but "part1" and "part2" at their end are one item to all players, played in turn. */
function asFile(names: readonly string[], part: Part | undefined): string[] {
  const ending = part ? ` - part${part.number}` : '';
  const room = NAME_BYTES - Buffer.byteLength(ending);
  const stem = safeComponent(withoutTraps(names.at(-1) ?? ''), room);
  return [...names.slice(0, -1), `${stem}${ending}${EXTENSION}`];
}

function extraPath(
  job: NamedJob,
  title: Title,
  library: Library,
  { text, template }: { text: string; template: Template },
): TitlePath {
  const { folder, stem, madeUp } = extraName(job, title);
  const item = renderNames(itemFolder(template), factsOf(job, title), library.preset);
  return { segments: [...item, folder, `${stem}${EXTENSION}`], template: text, madeUp };
}

/**
 * The folders down to the one that names the film or show. Extras belong there, never into a season's folder,
 * where Kodi takes them for episodes.
 */
function itemFolder(template: Template): Template {
  const folders = template.slice(0, -1);
  const naming = folders.findIndex((parts) =>
    parts.some(
      (part) => typeof part !== 'string' && ['title', 'show', 'titleThe'].includes(part.token),
    ),
  );
  return naming === -1
    ? parseTemplate(defaultTemplates.movie).slice(0, 1)
    : folders.slice(0, naming + 1);
}

function factsOf(job: NamedJob, title: Title): NameFacts {
  const { identity, disc } = job;
  const episodes = consecutive(title.match?.episodes ?? []);
  const [episode = null] = episodes;
  const last = episodes.at(-1) ?? null;
  return {
    title: identity?.title ?? '',
    year: identity?.year ?? null,
    season: title.match?.season ?? identity?.season ?? 1,
    episode,
    lastEpisode: last === episode ? null : last,
    episodeTitle: withoutSample(title.match?.name ?? ''),
    edition: editionOf(job, title),
    tmdb: identity?.tmdb ?? null,
    disc: identity?.disc ?? null,
    number: title.number,
    label: disc.label,
  };
}

/** Players read S01E01-E03 as three episodes, so only numbers without a gap may stand in it. */
function consecutive(episodes: readonly number[]): number[] {
  const sorted = [...new Set(episodes)].sort((a, b) => a - b);
  return sorted.filter((number, index) => number === (sorted[0] ?? 0) + index);
}

function editionOf(job: NamedJob, title: Title): string {
  const edition = job.identity?.edition ?? '';
  if (title.role !== 'cut' || title.match?.kind !== 'movie') return edition;
  if (title.match.name) return title.match.name;
  const cuts = job.titles.filter(({ role, wanted }) => role === 'cut' && wanted);
  const place = cuts.findIndex(({ id }) => id === title.id);
  return place > 0 ? `Alternate Cut ${place + 1}` : 'Alternate Cut';
}

function withoutNumber(title: Title): DiscflowError {
  return new DiscflowError('bad-request', `Title ${title.id} is an episode without a number`, {
    hint: 'Say which episode it is (season and episode of its match), then retry.',
  });
}
