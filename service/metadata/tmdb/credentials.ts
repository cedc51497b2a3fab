import type { Problem } from '../../contract/problem.ts';
import type { Credentials } from '../http/provider.ts';

const WHERE =
  'A key is free at https://www.themoviedb.org/settings/api; put it into metadata.tmdb.key or a file named by metadata.tmdb.key_file.';

export const missingKey: Problem = {
  code: 'metadata-key-missing',
  message: 'Titles are not looked up at TMDB: it wants a key, and there is none',
  hint: `${WHERE} To go without TMDB, set metadata.tmdb.enabled to false.`,
};

export const refusedKey: Problem = {
  code: 'metadata-key-refused',
  message: 'Titles are not looked up at TMDB: it does not accept the key',
  hint: `Check that the key is complete and still listed there. ${WHERE} Then start Discflow again.`,
};

/** TMDB gives out two: the "API key" of v3 goes into the query, the longer "read access token" of v4 is a bearer. */
export function tmdbCredentials(key: string | undefined): Credentials | Problem {
  const bare = key?.trim().replace(/^Bearer\s+/i, '') ?? '';
  if (bare === '') return missingKey;
  if (/^[0-9a-f]{32}$/i.test(bare)) return { headers: {}, query: { api_key: bare } };
  if (!/^[\w.~+/=-]+$/.test(bare)) return refusedKey;
  return { headers: { authorization: `Bearer ${bare}` }, query: {} };
}
