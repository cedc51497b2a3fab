import { unlessAborted } from '../../metadata/http/shared-work.ts';
import { createBasket } from './basket.ts';
import { chooseReferences } from './choose-references.ts';
import { fetchLacking } from './fetch-lacking.ts';
import { bareLanguage } from './language.ts';
import type { GatherReferences, Reference, ReferenceQuery, SeasonReferences } from './reference.ts';
import type { ReferenceSource } from './sources/reference-source.ts';
import type { ReferenceStore } from './store/reference-store.ts';

export interface ReferencesOptions {
  readonly sources: readonly ReferenceSource[];
  /** Where metered sources keep what they fetched. */
  /** Where metered sources keep what they fetched; without one none of them is asked. */
  readonly store: ReferenceStore | null;
  /** How many of an episode are wanted: one in ten is wrong. */
  readonly perEpisode: number;
  /** A person's choice, in the order of preference; empty: those of the disc. */
  readonly languages: readonly string[];
}

export interface References {
  readonly gather: GatherReferences;
  /** The same without what costs something: no network, no quota. */
  readonly atHand: GatherReferences;
}

/** Of a season; more are no season's. */
const MOST_FILES = 400;

/**
 * References of a show's seasons: what lies on the disks, then what was fetched before, then, for episodes that
 * have too few, what a metered source has. Each is checked, and so is that no two episodes have one text.
 */
export function createReferences(options: ReferencesOptions): References {
  const free = options.sources.filter(({ metered }) => !metered);
  let fetching: Promise<unknown> = Promise.resolve();

  return {
    gather: async (query, { signal }) => {
      signal.throwIfAborted();
      return gather(query, { ...options, signal, inTurn });
    },
    atHand: (query, { signal }) => gather(query, { ...options, sources: free, signal, inTurn }),
  };

  /** One after the other, so that discs of one season fetch each file once. */
  function inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const done = fetching.then(() => {
      signal.throwIfAborted();
      return work();
    });
    fetching = done.catch(() => undefined);
    return unlessAborted(done, signal);
  }
}

interface Gathering extends ReferencesOptions {
  readonly signal: AbortSignal;
  readonly inTurn: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

async function gather(asked: ReferenceQuery, gathering: Gathering): Promise<SeasonReferences> {
  const { sources, store, perEpisode, signal, inTurn } = gathering;
  const languages = gathering.languages.length > 0 ? gathering.languages : asked.languages;
  const query = { ...asked, languages: knownOnce(languages) };
  const basket = createBasket(query);
  for (const source of sources.filter(({ metered }) => !metered)) {
    const { files, notes } = await source.list(query, { signal });
    basket.note(...notes);
    for (const file of files.slice(0, MOST_FILES)) await basket.add(file, { signal });
    if (files.length > MOST_FILES)
      basket.note(`Only ${MOST_FILES} of ${files.length} subtitle files were looked at`);
  }
  await inTurn(async () => {
    if (!store) return;
    for (const season of query.seasons)
      for (const file of await store.filesOf(query, season)) await basket.add(file, { signal });
    for (const source of sources.filter(({ metered }) => metered))
      await fetchLacking({ source, store, query, perEpisode, basket, signal });
  }, signal);
  signal.throwIfAborted();
  const { fit, rejected } = basket.judged();
  const wanted = fit.filter((one) => isWanted(one, query));
  return {
    references: chooseReferences(wanted, { languages: query.languages, perEpisode }),
    rejected,
    notes: basket.notes,
  };
}

/** Discs name one language in several ways, and "und" among them. */
function knownOnce(languages: readonly string[]): string[] {
  const known = languages.filter((language) => bareLanguage(language) !== null);
  const bare = known.map(bareLanguage);
  return known.filter((_, index) => bare.indexOf(bare[index] ?? null) === index);
}

function isWanted({ season, episodes }: Reference, { episodes: wanted }: ReferenceQuery): boolean {
  return (
    wanted === undefined ||
    wanted.some((one) => one.season === season && episodes.includes(one.episode))
  );
}
