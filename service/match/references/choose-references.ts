import { bareLanguage, sameLanguage } from './language.ts';
import { type Reference, referenceSources } from './reference.ts';

interface Choice {
  readonly languages: readonly string[];
  readonly perEpisode: number;
}

/**
 * Of every episode the best few: in the languages that are wanted, or, when it has none of them, in any. Order: by
 * episode, then by language as wanted, then the person's own files before fetched ones.
 */
export function chooseReferences(
  references: readonly Reference[],
  { languages, perEpisode }: Choice,
): Reference[] {
  return [...groupsOf(references).values()]
    .flatMap((ofOne) => chosen(ofOne))
    .sort((a, b) => a.season - b.season || (a.episodes[0] ?? 0) - (b.episodes[0] ?? 0));

  function chosen(ofOne: readonly Reference[]): Reference[] {
    const wanted = ofOne.filter(({ language }) => rankOf(language) < languages.length);
    const taken = new Map<string | null, number>();
    return (wanted.length === 0 ? ofOne : wanted)
      .toSorted((a, b) => rankOf(a.language) - rankOf(b.language) || sourceOf(a) - sourceOf(b))
      .filter(({ language }) => {
        const bare = bareLanguage(language);
        const count = (taken.get(bare) ?? 0) + 1;
        taken.set(bare, count);
        return count <= perEpisode;
      })
      .slice(0, perEpisode * 2);
  }

  /** What is wanted comes first, then what nobody knows to be something else. */
  function rankOf(language: string | null): number {
    const rank = languages.findIndex((wanted) => sameLanguage(wanted, language));
    if (rank >= 0) return rank;
    return bareLanguage(language) === null ? languages.length - 0.5 : languages.length;
  }
}

function groupsOf(references: readonly Reference[]): Map<string, Reference[]> {
  const groups = new Map<string, Reference[]>();
  for (const one of references) {
    const key = `${one.season} ${one.episodes.join()}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function sourceOf({ source }: Reference): number {
  return referenceSources.indexOf(source);
}

/** How many references hold the same episodes. */
export function countOf(
  { season, episodes }: Pick<Reference, 'season' | 'episodes'>,
  references: readonly Reference[],
): number {
  return references.filter(
    (one) => one.season === season && episodes.every((episode) => one.episodes.includes(episode)),
  ).length;
}
