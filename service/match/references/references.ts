import type { EpisodeKey } from '../episode-key.ts';
import { checkFile, rejected as rejectedFile } from './check/check-file.ts';
import { rejectCopies } from './check/reject-copies.ts';
import { chooseReferences, countOf } from './choose-references.ts';
import { sameLanguage } from './language.ts';
import type {
  GatherReferences,
  Reference,
  ReferenceQuery,
  RejectedReference,
} from './reference.ts';
import type { ReferenceFile, ReferenceSource } from './sources/reference-source.ts';
import type { ReferenceStore, WantedReference } from './store/reference-store.ts';

export interface ReferencesOptions {
  readonly sources: readonly ReferenceSource[];
  /** Where metered sources keep what they fetched; null fetches nothing that costs. */
  readonly store: ReferenceStore | null;
  /** How many of an episode are wanted: one in ten is wrong. */
  readonly perEpisode: number;
  /** A person's choice, in the order of preference; empty: those of the disc. */
  readonly languages: readonly string[];
}

export interface References {
  readonly gather: GatherReferences;
}

/** Where neither a person nor the disc says one. */
const USUAL_LANGUAGES = ['en'];
/** Of a season; more are no season's. */
const MOST_FILES = 400;

/**
 * References of a show's seasons: what lies on the disks, then what was fetched before, then, for episodes that
 * have too few, what a metered source has. Each is checked, and so is that no two episodes have one text.
 */
export function createReferences(options: ReferencesOptions): References {
  return { gather: (query, { signal }) => gather(query, signal, options) };
}

async function gather(
  asked: ReferenceQuery,
  signal: AbortSignal,
  { sources, store, perEpisode, languages }: ReferencesOptions,
) {
  const query = { ...asked, languages: languages.length > 0 ? languages : asked.languages };
  const basket = createBasket(query);
  for (const source of sources.filter(({ metered }) => !metered)) {
    const { files, notes } = await source.list(query, { signal });
    basket.note(...notes);
    for (const file of files.slice(0, MOST_FILES)) await basket.add(file, signal);
    if (files.length > MOST_FILES)
      basket.note(`Only ${MOST_FILES} of ${files.length} subtitle files were looked at`);
  }
  if (store) {
    for (const season of query.seasons)
      for (const file of await store.filesOf(query, season)) await basket.add(file, signal);
    for (const source of sources.filter(({ metered }) => metered))
      await fetchLacking({ source, store, query, perEpisode, basket, signal });
  }
  signal.throwIfAborted();
  const { fit, rejected } = basket.judged();
  const wanted = fit.filter((one) => isWanted(one, query));
  return {
    references: chooseReferences(wanted, { languages: query.languages, perEpisode }),
    rejected,
    notes: basket.notes,
  };
}

interface Basket {
  readonly notes: readonly string[];
  note(...notes: readonly string[]): void;
  /** @returns whether the source gives more: false when its day is over. */
  add(file: ReferenceFile, signal: AbortSignal, keep?: Keep): Promise<boolean>;
  judged(): { fit: Reference[]; rejected: RejectedReference[] };
}

type Keep = (file: ReferenceFile, bytes: Uint8Array) => Promise<void>;

function createBasket(query: ReferenceQuery): Basket {
  const fit: Reference[] = [];
  const rejected: RejectedReference[] = [];
  const notes = new Set<string>();
  let judged: ReturnType<Basket['judged']> | null = null;
  return {
    get notes() {
      return [...notes];
    },
    note: (...news) => {
      for (const one of news) notes.add(one);
    },
    async add(file, signal, keep) {
      const read = await file.read({ signal });
      judged = null;
      signal.throwIfAborted();
      if (read.state === 'closed') {
        notes.add(read.note);
        return false;
      }
      if (read.state === 'unreadable') {
        rejected.push(rejectedFile(file, '', { code: 'unreadable', says: `It ${read.says}` }));
        return true;
      }
      await keep?.(file, read.bytes);
      const checked = await checkFile(file, read.bytes, runtimeOf(file, query));
      if (checked.state === 'rejected') rejected.push(checked.rejected);
      else if (!fit.some((one) => isSameFile(one, checked.reference))) {
        fit.push(checked.reference);
        if (checked.note) notes.add(checked.note);
      }
      return true;
    },
    judged() {
      if (judged) return judged;
      const single = rejectCopies(fit);
      judged = { fit: single.fit, rejected: [...rejected, ...single.rejected] };
      return judged;
    },
  };
}

interface Fetching {
  source: ReferenceSource;
  store: ReferenceStore;
  query: ReferenceQuery;
  perEpisode: number;
  basket: Basket;
  signal: AbortSignal;
}

/** One language after the other, and of each episode no more than are still lacking. */
async function fetchLacking(fetching: Fetching): Promise<void> {
  const { source, store, query, perEpisode, basket, signal } = fetching;
  const languages = query.languages.length > 0 ? query.languages : USUAL_LANGUAGES;
  for (const language of languages) {
    const lacking = await lackingIn(language, fetching);
    if (lacking !== null && lacking.length === 0) continue;
    const seasons =
      lacking === null ? query.seasons : [...new Set(lacking.map((one) => one.season))];
    const { files, notes, complete } = await source.list(
      { ...query, seasons, languages: [language], ...(lacking && { episodes: lacking }) },
      { signal },
    );
    basket.note(...notes);
    for (const file of files) {
      const { fit, rejected } = basket.judged();
      const known = [...fit, ...rejected].some(({ origin }) => origin === file.origin);
      if (known || countOf(file, fit) >= perEpisode) continue;
      const goesOn = await basket.add(file, signal, (kept, bytes) =>
        store.keep(query, kept, bytes),
      );
      if (!goesOn) return;
    }
    if (complete) await store.miss(query, missedOf(lacking ?? [], language, fetching));
  }
}

/** Null: every episode that the source knows may lack, since nobody says which there are. */
async function lackingIn(
  language: string,
  { store, query, perEpisode, basket }: Fetching,
): Promise<WantedReference[] | null> {
  if (query.episodes === undefined) return null;
  const { fit } = basket.judged();
  const lacking: WantedReference[] = [];
  for (const { season, episode } of query.episodes) {
    const wanted = { season, episode, language };
    const has = countOf({ season, episodes: [episode] }, fit) >= perEpisode;
    if (!has && query.seasons.includes(season) && !(await store.isMissed(query, wanted)))
      lacking.push(wanted);
  }
  return lacking;
}

function missedOf(
  lacking: readonly WantedReference[],
  language: string,
  { basket, perEpisode }: Fetching,
): WantedReference[] {
  const { fit } = basket.judged();
  return lacking
    .filter(({ season, episode }) => countOf({ season, episodes: [episode] }, fit) < perEpisode)
    .map((one) => ({ ...one, language }));
}

/** The sum where the database knows all, as two in one file have. */
function runtimeOf({ season, episodes }: ReferenceFile, { runtimeOf: of }: ReferenceQuery) {
  const runtimes = episodes.map((episode) => of?.({ season, episode }) ?? null);
  return runtimes.reduce<number | null>(
    (sum, runtime) => (sum === null || runtime === null ? null : sum + runtime),
    0,
  );
}

function isWanted({ season, episodes }: Reference, { episodes: wanted }: ReferenceQuery): boolean {
  const isOne = (key: EpisodeKey) => key.season === season && episodes.includes(key.episode);
  return wanted === undefined || wanted.some(isOne);
}

function isSameFile(one: Reference, other: Reference): boolean {
  return (
    one.id === other.id &&
    one.season === other.season &&
    one.episodes.join() === other.episodes.join() &&
    (one.language === other.language || sameLanguage(one.language, other.language))
  );
}
