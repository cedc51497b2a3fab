import { plausibleYear } from '../plausible-year.ts';
import type { GraphAnswer, RestDisc } from './answers.ts';
import { episodesOf, seasonOf } from './item-numbers.ts';
import { itemTypes, type KnownDisc, type KnownItem, type KnownTitle } from './known-disc.ts';
import { markPlayAlls } from './play-alls.ts';

export function readRestDisc(answer: RestDisc): KnownDisc {
  const { media, release, disc, titles } = answer;
  return {
    ...mediaOf(media.title, media.year, media.type, media.external_ids),
    release: {
      slug: release?.slug ?? null,
      title: release?.title ?? null,
      year: release?.year ?? null,
      region: release?.region_code ?? null,
      locale: release?.locale ?? null,
      upc: release?.upc ?? null,
    },
    disc: {
      index: positionOf(disc?.index),
      name: disc?.name ?? null,
      format: formatOf(answer.format),
      contentHash: upper(answer.content_hash),
      globalDiscId: upper(answer.global_disc_id),
    },
    titles: markPlayAlls(
      titles.flatMap(({ source_file, segment_map, ...title }) =>
        titleOf({ ...title, sourceFile: source_file, segmentMap: segment_map }),
      ),
    ),
  };
}

/** All discs of the answer, which holds every release of the item: the caller picks its own. */
export function readGraphDiscs({ data }: GraphAnswer): KnownDisc[] {
  return data.mediaItems.nodes.flatMap(({ title, year, type, externalids, releases }) =>
    releases.flatMap(({ discs, regionCode: region, ...release }) =>
      discs.map((disc) => ({
        ...mediaOf(title, year, type, externalids),
        release: { ...release, region },
        disc: {
          index: positionOf(disc.index),
          name: disc.name,
          format: formatOf(disc.format),
          contentHash: upper(disc.contentHash),
          globalDiscId: upper(disc.globalDiscId),
        },
        titles: markPlayAlls(disc.titles.flatMap(titleOf)),
      })),
    ),
  );
}

const kinds = new Map<string, KnownDisc['kind']>([
  ['movie', 'movie'],
  ['series', 'tv'],
]);

function mediaOf(
  title: string,
  year: number | null,
  type: string | null,
  ids: RestDisc['media']['external_ids'],
): Pick<KnownDisc, 'title' | 'year' | 'kind' | 'externalIds'> {
  return {
    title,
    year: plausibleYear(year),
    kind: kinds.get(type?.toLowerCase() ?? '') ?? null,
    externalIds: {
      tmdb: idOf(ids?.tmdb),
      imdb: ids?.imdb ?? null,
      tvdb: idOf(ids?.tvdb),
    },
  };
}

interface Entry {
  sourceFile: string | null;
  segmentMap: string | null;
  duration: string | null;
  size: number | null;
  item?: RestDisc['titles'][number]['item'];
}

function titleOf({ sourceFile, segmentMap, duration, size, item }: Entry): KnownTitle[] {
  if (sourceFile === null) return [];
  return [
    {
      sourceFile,
      number: numberOf(sourceFile),
      segmentMap,
      duration: durationOf(duration),
      size,
      item: item ? itemOf(item) : null,
    },
  ];
}

/** As the scan numbers it: a stream without a playlist is 100000 and its clip. */
const BARE_STREAM = 100_000;

function numberOf(sourceFile: string): number | null {
  const [, digits, ending] = /^(\d{1,5})(\.m2ts)?/i.exec(sourceFile) ?? [];
  if (digits === undefined) return null;
  return ending === undefined ? Number(digits) : BARE_STREAM + Number(digits);
}

function itemOf({
  title,
  type,
  description,
  season,
  episode,
}: NonNullable<Entry['item']>): KnownItem {
  return {
    type: typeOf(type),
    title,
    description,
    season: seasonOf(season),
    episodes: episodesOf(episode),
    playAll: false,
  };
}

/** "MainMovie" → "main-movie". */
function typeOf(type: string | null): KnownItem['type'] {
  const name = (type ?? '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return itemTypes.find((known) => known === name) ?? 'other';
}

/** "H:MM:SS", sometimes with a fraction, in seconds. */
function durationOf(text: string | null): number | null {
  const found = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(text ?? '');
  if (!found) return null;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

function formatOf(format: string | null): KnownDisc['disc']['format'] {
  const bare = (format ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (bare === 'dvd') return 'dvd';
  if (bare === 'bluray') return 'bluray';
  return bare === 'uhd' || bare === '4k' || bare === 'uhdbluray' ? 'uhd' : null;
}

/** TheDiscDB keeps ids of films and shows as text, with whatever was pasted around them. */
function idOf(text: string | null | undefined): number | null {
  const digits = /^\D*(\d{1,9})$/.exec(text ?? '');
  return digits && Number(digits[1]) > 0 ? Number(digits[1]) : null;
}

/** Positions are counted from 1, and no release has a thousand discs. */
function positionOf(index: number | null | undefined): number | null {
  return index && index <= 999 ? index : null;
}

function upper(hash: string | null): string | null {
  return hash?.toUpperCase() ?? null;
}
