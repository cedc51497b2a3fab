import type { IdentityStatement } from '../../contract/identity.ts';
import {
  type Film,
  type FoundWork,
  type Show,
  type TitleForm,
  titleOf,
} from '../../metadata/works.ts';

type WorkFacts = Pick<
  IdentityStatement,
  'title' | 'year' | 'tmdb' | 'genres' | 'certification' | 'originalLanguage'
>;

/** What TMDB says of a work, as an identity has it; nothing without one. */
export function workFacts(work: FoundWork | Film | Show | null, form: TitleForm): WorkFacts {
  if (work === null) return {};
  return {
    title: titleOf(work, form).slice(0, 300),
    year: work.year,
    tmdb: work.tmdb,
    ...('genres' in work && {
      genres: work.genres.slice(0, 20).map(({ name }) => name),
      certification: work.certification?.slice(0, 20) ?? null,
    }),
    originalLanguage: languageOf(work),
  };
}

/** TMDB uses codes that are none, such as "xx" for silent films and "cn" for Cantonese. */
function languageOf({ originalLanguage }: FoundWork): string | null {
  return originalLanguage !== null && /^[a-z]{2,3}$/.test(originalLanguage)
    ? originalLanguage
    : null;
}
