import { z } from 'zod';

/** What of OpenSubtitles' REST API, version 1, is used: https://opensubtitles.stoplight.io/docs/opensubtitles-api. */
const Id = z.coerce.number().int().nonnegative();
const flag = z.preprocess((value) => value === true || value === 1, z.boolean());

const Subtitle = z.object({
  id: z.coerce.string(),
  attributes: z.object({
    language: z.string().nullish(),
    download_count: z.number().nullish(),
    foreign_parts_only: flag,
    ai_translated: flag,
    machine_translated: flag,
    from_trusted: flag,
    release: z.string().nullish(),
    nb_cd: z.number().nullish(),
    feature_details: z
      .object({
        season_number: Id.nullish(),
        episode_number: Id.nullish(),
        parent_tmdb_id: Id.nullish(),
        parent_title: z.string().nullish(),
        title: z.string().nullish(),
      })
      .nullish(),
    files: z.array(z.object({ file_id: Id, file_name: z.string().nullish() })),
  }),
});
export type Subtitle = z.infer<typeof Subtitle>;

/** Entries that are not as documented are left out, not their whole page. */
export const SearchPage = z.object({
  total_pages: z.number().nullish(),
  data: z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const parsed = Subtitle.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  ),
});

export const LoginAnswer = z.object({
  token: z.string().min(1).max(4000),
  base_url: z.string().nullish(),
});

export const DownloadAnswer = z.object({
  link: z.url({ protocol: /^https?$/ }),
  remaining: z.number().nullish(),
  reset_time_utc: z.string().nullish(),
});

/** With HTTP 406. */
export const QuotaAnswer = z.object({
  remaining: z.number().nullish(),
  reset_time_utc: z.string().nullish(),
  message: z.string().nullish(),
});

export const UserInfo = z.object({
  data: z.object({
    remaining_downloads: z.number().nullish(),
    allowed_downloads: z.number().nullish(),
  }),
});
