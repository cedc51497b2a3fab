import type { Config } from '../config/resolve.ts';
import { DiscflowError } from '../errors.ts';
import { episodeCode } from '../match/episode-code.ts';
import { type ListedEpisode, listEpisodes } from '../match/list-episodes.ts';
import {
  configuredOpenSubtitles,
  configuredReferences,
} from '../match/references/configured-references.ts';
import type { Quota } from '../match/references/open-subtitles/open-subtitles.ts';
import type { Reference, SeasonReferences } from '../match/references/reference.ts';
import { findWork } from '../metadata/find-work.ts';
import { createMetadata } from '../metadata/metadata.ts';
import { titlesOf } from '../metadata/works.ts';
import { catchInterrupts } from './interrupts.ts';
import { type Paint, paintFor } from './paint.ts';
import { readSettings } from './settings.ts';
import { tableOf } from './table.ts';
import { count, printable } from './words.ts';

interface ReferencesOptions {
  data?: string;
  season: string;
  year?: string;
  tmdb?: string;
  references?: string;
  fetch?: boolean;
  json?: boolean;
}

interface Overview extends SeasonReferences {
  season: number;
  /** Null when nobody knows the episodes of the season. */
  missing: readonly ListedEpisode[] | null;
  quota: Quota | null;
}

/** Lists the references of a season. @returns the exit code: 1 when an episode has none */
export async function showReferences(show: string, options: ReferencesOptions): Promise<number> {
  const season = numberOf('season', options.season);
  const year = options.year === undefined ? null : numberOf('year', options.year);
  const given = options.tmdb === undefined ? null : numberOf('tmdb', options.tmdb);
  const { config } = await readSettings(options.data);
  const interrupts = catchInterrupts();
  const { signal } = interrupts;
  const known = await lookUp({ show, year, season, given }, { config, signal });
  const { gather } = configuredReferences({
    config,
    libraries: config.libraries,
    folder: options.references,
    fetches: options.fetch ?? false,
  });
  const found = await gather(
    {
      show,
      otherTitles: known.titles,
      year,
      tmdb: known.tmdb,
      seasons: [season],
      languages: [],
      ...(known.episodes.length > 0 && { episodes: known.episodes }),
      runtimeOf: ({ episode }) =>
        known.episodes.find((one) => one.episode === episode)?.runtime ?? null,
    },
    { signal },
  );
  const quota = (await (await configuredOpenSubtitles({ config }))?.quota()) ?? null;
  const missing = known.episodes.length === 0 ? null : withoutReference(known.episodes, found);
  const overview = { ...found, notes: [...known.notes, ...found.notes], season, missing, quota };
  const words = options.json
    ? JSON.stringify(inJson(overview))
    : inWords(overview, paintFor(process.stdout)).join('\n');
  process.stdout.write(`${words}\n`);
  return interrupts.code() ?? (missing !== null && missing.length > 0 ? 1 : 0);
}

interface Asked {
  show: string;
  year: number | null;
  season: number;
  given: number | null;
}

/** What TMDB knows of the show; nothing when it cannot be had, or when nobody can tell which show is meant. */
async function lookUp(
  { show, year, season, given }: Asked,
  { config, signal }: { config: Config; signal: AbortSignal },
) {
  const { tmdb } = createMetadata({ config: config.metadata, state: config.state });
  const notes: string[] = [];
  let number = given;
  let titles: readonly string[] = [];
  if (number === null) {
    const kind = { is: 'tv', probability: 1 } as const;
    const clues = { title: show, year, yearIsSure: year !== null, kind, season };
    const found = await findWork(clues, { tmdb, signal });
    const ranking = found.state === 'found' ? found.value : null;
    const best = ranking?.verdict === 'clear' ? ranking.ranked[0]?.work : undefined;
    number = best?.tmdb ?? null;
    titles = best ? titlesOf(best) : [];
    if (ranking !== null && number === null)
      notes.push(`TMDB cannot tell which show is meant: ${ranking.says}. Say --year or --tmdb.`);
  }
  if (number === null) return { tmdb: null, titles, episodes: [], notes };
  const listed = await listEpisodes(tmdb, { show: number, season }, { signal });
  return { tmdb: number, ...listed, titles: [...titles, ...listed.titles], notes };
}

function withoutReference(
  episodes: readonly ListedEpisode[],
  { references }: SeasonReferences,
): ListedEpisode[] {
  return episodes.filter(
    ({ season, episode }) =>
      !references.some((one) => one.season === season && one.episodes.includes(episode)),
  );
}

function inJson({ references, missing, ...rest }: Overview) {
  return {
    ...rest,
    references: references.map(({ cues, ...facts }) => ({ ...facts, cues: cues.length })),
    missing: missing?.map(({ season, episode, name }) => ({ season, episode, name })) ?? null,
  };
}

function inWords(overview: Overview, paint: Paint): string[] {
  const { references, rejected, missing, notes, quota, season } = overview;
  const [, ...lines] = tableOf<Reference>(
    [
      { heading: '', cell: (one) => `${paint('green', '✔')} ${episodeCode(season, one.episodes)}` },
      { heading: '', cell: ({ language }) => language ?? '?' },
      { heading: '', cell: ({ cues }) => count(cues.length, 'subtitle'), align: 'right' },
      { heading: '', cell: ({ origin }) => printable(origin) },
    ],
    references,
  );
  const refusals = rejected.map(
    ({ episodes, origin, says }) =>
      `${paint('red', '✗')} ${episodeCode(season, episodes)}  ${printable(origin)}\n    ${printable(says)}.`,
  );
  return [
    ...(references.length === 0 ? [`There is no reference of season ${season}.`] : lines),
    ...refusals,
    ...missingInWords(missing, paint),
    ...notes.map((note) => `${paint('yellow', '!')} ${printable(note)}`),
    ...quotaInWords(quota),
  ];
}

function missingInWords(missing: Overview['missing'], paint: Paint): string[] {
  if (missing === null) return ['Nobody knows which episodes there are, so none can be missing.'];
  return missing.map(
    ({ season, episode, name }) =>
      `${paint('yellow', '–')} ${episodeCode(season, [episode])}  ${printable(name ?? '')}  has none`,
  );
}

function quotaInWords(quota: Quota | null): string[] {
  if (quota === null || quota.remaining === null) return [];
  const until = quota.resetAt === null ? '' : ` until ${new Date(quota.resetAt).toISOString()}`;
  return [`OpenSubtitles gives ${count(Math.max(0, quota.remaining), 'file')} more${until}.`];
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 0) return number;
  throw new DiscflowError('bad-request', `--${option} "${text}" is no number`, {
    hint: 'For instance: discflow references "Harbour Lights" --season 1',
  });
}
