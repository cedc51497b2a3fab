import type { Subtitle } from './answers.ts';

export interface FoundSubtitle {
  readonly fileId: number;
  readonly fileName: string;
  readonly season: number;
  readonly episode: number;
  readonly name: string | null;
  readonly language: string | null;
  /** It is listed under the very show that was asked for, by its number. */
  readonly ofShow: boolean;
}

interface Wanted {
  readonly season: number;
  readonly tmdb: number | null;
}

/**
 * The files of a season that may be references, the best of an episode first: from trusted people, then what most
 * people took. Left out is what machines translated, what holds foreign parts alone, and what comes in parts.
 */
export function rankSubtitles(subtitles: readonly Subtitle[], wanted: Wanted): FoundSubtitle[] {
  return subtitles
    .filter((subtitle) => isUsable(subtitle, wanted))
    .toSorted((a, b) => trustIn(b) - trustIn(a) || downloadsOf(b) - downloadsOf(a))
    .flatMap(({ attributes: { feature_details: feature, files, language, release } }) => {
      const file = files[0];
      const episode = feature?.episode_number;
      if (!file || episode === undefined || episode === null) return [];
      return [
        {
          fileId: file.file_id,
          fileName: file.file_name || release || '',
          season: wanted.season,
          episode,
          name: feature?.title?.trim() || null,
          language: language ?? null,
          ofShow: wanted.tmdb !== null && feature?.parent_tmdb_id === wanted.tmdb,
        },
      ];
    });
}

function isUsable({ attributes }: Subtitle, { season, tmdb }: Wanted): boolean {
  const { feature_details: feature, files, nb_cd: parts } = attributes;
  if (attributes.ai_translated || attributes.machine_translated) return false;
  if (attributes.foreign_parts_only || files.length !== 1 || (parts ?? 1) > 1) return false;
  if (!feature || feature.season_number !== season) return false;
  return !tmdb || !feature.parent_tmdb_id || feature.parent_tmdb_id === tmdb;
}

function trustIn({ attributes }: Subtitle): number {
  return attributes.from_trusted ? 1 : 0;
}

function downloadsOf({ attributes }: Subtitle): number {
  return attributes.download_count ?? 0;
}
