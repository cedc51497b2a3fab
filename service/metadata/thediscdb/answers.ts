import { z } from 'zod';
import { optionalEntriesOf } from '../entries.ts';
import { ProviderTitle, providerText } from '../provider-text.ts';

// TheDiscDB's own answers: REST in snake_case, GraphQL in camelCase, both typed in by people.

/** Text, also where a number was entered; empty text says nothing. */
const Text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined ? null : providerText(String(value)) || null,
  );
const Count = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const number = value === null || value === '' ? Number.NaN : Number(value);
    return Number.isSafeInteger(number) && number >= 0 ? number : null;
  });
/** A disc has at most 2,000 playlists and 4,000 streams. */
const MOST_TITLES = 6000;
const listOf = <Entry>(entry: z.ZodType<Entry>) => optionalEntriesOf(entry, MOST_TITLES);

const Item = z.object({ title: Text, type: Text, description: Text, season: Text, episode: Text });
const ExternalIds = z.object({ tmdb: Text, imdb: Text, tvdb: Text }).nullish();

export const RestDisc = z.object({
  global_disc_id: Text,
  content_hash: Text,
  format: Text,
  media: z.object({ title: ProviderTitle, year: Count, type: Text, external_ids: ExternalIds }),
  release: z
    .object({
      slug: Text,
      title: Text,
      year: Count,
      region_code: Text,
      locale: Text,
      upc: Text,
    })
    .nullish(),
  disc: z.object({ name: Text, index: Count }).nullish(),
  titles: listOf(
    z.object({
      source_file: Text,
      segment_map: Text,
      duration: Text,
      size: Count,
      item: Item.nullish(),
    }),
  ),
});
export type RestDisc = z.output<typeof RestDisc>;
export const RestDiscs = z.array(RestDisc);

const GraphDisc = z.object({
  index: Count,
  name: Text,
  format: Text,
  contentHash: Text,
  globalDiscId: Text,
  titles: listOf(
    z.object({
      sourceFile: Text,
      segmentMap: Text,
      duration: Text,
      size: Count,
      item: Item.nullish(),
    }),
  ),
});
export type GraphDisc = z.output<typeof GraphDisc>;

const GraphItem = z.object({
  title: ProviderTitle,
  year: Count,
  type: Text,
  externalids: ExternalIds,
  releases: listOf(
    z.object({
      slug: Text,
      title: Text,
      year: Count,
      regionCode: Text,
      locale: Text,
      upc: Text,
      discs: listOf(GraphDisc),
    }),
  ),
});
export const GraphAnswer = z.object({
  data: z.object({ mediaItems: z.object({ nodes: z.array(GraphItem) }) }),
});
export type GraphAnswer = z.output<typeof GraphAnswer>;
