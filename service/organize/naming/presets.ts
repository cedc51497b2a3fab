import type { Preset } from '../library.ts';

/** How the movie or show id is written into a folder name, so that a player need not guess. */
export function idTag(preset: Preset | undefined, tmdb: number | null): string {
  if (tmdb === null || preset === 'kodi') return '';
  return preset === 'jellyfin' ? `[tmdbid-${tmdb}]` : `{tmdb-${tmdb}}`;
}

/** How a cut is told from another of the same film: Jellyfin reads a label after a dash, the others a tag. */
export function editionTag(preset: Preset | undefined, edition: string): string {
  if (edition === '') return '';
  return preset === 'jellyfin' ? `- ${edition}` : `{edition-${edition}}`;
}

/** Names that all players read. The stem of a film repeats its folder: that is how versions are grouped. */
export const defaultTemplates = {
  movie: '{title}{ (year)}{ idTag}/{title}{ (year)}{ idTag}{ editionTag}',
  tv:
    '{show}{ (year)}{ idTag}/Season {season:00}/' +
    '{show}{ (year)} - S{season:00}E{episode:00}{-E{lastEpisode:00}}{ - episodeTitle}',
} as const;
