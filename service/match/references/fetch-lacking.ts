import type { Basket } from './basket.ts';
import { countOf } from './choose-references.ts';
import type { ReferenceQuery } from './reference.ts';
import type { ReferenceSource } from './sources/reference-source.ts';
import type { ReferenceStore, WantedReference } from './store/reference-store.ts';

interface Fetching {
  readonly source: ReferenceSource;
  readonly store: ReferenceStore;
  readonly query: ReferenceQuery;
  /** How many an episode should have. */
  readonly perEpisode: number;
  readonly basket: Basket;
  readonly signal: AbortSignal;
}

/** Where neither a person nor the disc says one. */
const USUAL_LANGUAGES = ['en'];

/** Fetches from a metered source what episodes lack: one language after the other, the best files first. */
export async function fetchLacking(fetching: Fetching): Promise<void> {
  const { source, store, query, perEpisode, basket, signal } = fetching;
  const languages = query.languages.length > 0 ? query.languages : USUAL_LANGUAGES;
  for (const language of languages) {
    const lacking = await lackingIn(language, fetching);
    if (lacking !== null && lacking.length === 0) continue;
    const seasons = lacking === null ? query.seasons : seasonsOf(lacking);
    const { files, notes, complete } = await source.list(
      { ...query, seasons, languages: [language], ...(lacking && { episodes: lacking }) },
      { signal },
    );
    basket.note(...notes);
    for (const file of files) {
      const { fit, rejected } = basket.judged();
      const known = [...fit, ...rejected].some(({ origin }) => origin === file.origin);
      if (known || countOf(file, fit) >= perEpisode) continue;
      const keep = (bytes: Uint8Array) => store.keep(query, file, bytes);
      if (!(await basket.add(file, { signal, keep }))) return;
    }
    if (complete && lacking)
      await store.miss(
        query,
        lacking.filter((one) => lacks(one, fetching)),
      );
  }
}

/** Null: every episode that the source knows may lack, since nobody says which there are. */
async function lackingIn(
  language: string,
  fetching: Fetching,
): Promise<readonly WantedReference[] | null> {
  const { store, query } = fetching;
  if (query.episodes === undefined) return null;
  const lacking: WantedReference[] = [];
  for (const { season, episode } of query.episodes) {
    const wanted = { season, episode, language };
    if (!query.seasons.includes(season) || !lacks(wanted, fetching)) continue;
    if (!(await store.isMissed(query, wanted))) lacking.push(wanted);
  }
  return lacking;
}

function lacks({ season, episode }: WantedReference, { basket, perEpisode }: Fetching): boolean {
  return countOf({ season, episodes: [episode] }, basket.judged().fit) < perEpisode;
}

function seasonsOf(wanted: readonly WantedReference[]): number[] {
  return [...new Set(wanted.map(({ season }) => season))];
}
