import type { SeasonReferences } from './reference.ts';
import { createReferences } from './references.ts';
import { createFolderSource } from './sources/folder-source.ts';

/** Whoever gives a folder wants all of it used. */
const MOST_PER_EPISODE = 10;

/** What a folder that somebody names has of a show; no seasons: of all. */
export async function gatherFolder(
  folder: string,
  { show, seasons }: { show: string; seasons: readonly number[] },
  options: { signal: AbortSignal },
): Promise<SeasonReferences> {
  const source = createFolderSource({ folders: [folder], vouched: true });
  const { gather } = createReferences({
    ...{ sources: [source], store: null, perEpisode: MOST_PER_EPISODE, languages: [] },
  });
  return gather({ show, seasons, year: null, tmdb: null, languages: [] }, options);
}
