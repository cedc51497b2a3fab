import { resolve } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';
import type { KnownEpisodes } from '../match/known-episodes.ts';
import { listSubtitles } from '../match/references/files/list-subtitles.ts';
import type { SubtitleFile } from '../match/references/files/subtitle-file.ts';
import { readReferenceName } from '../match/references/names/reference-name.ts';
import { filesOfShow, placeOf } from '../match/references/sources/named-files.ts';

/**
 * The episodes that a folder has subtitles of (`Show/Season 01/Show - S01E02 - Title.en.srt`).
 * Throws `bad-request` when it is missing, or holds no subtitles named by season and episode.
 */
export async function readReferences(folder: string): Promise<KnownEpisodes> {
  const under = placeOf(folder, { vouched: true });
  const listed = (await filesIn(resolve(folder))).filter(({ relative }) =>
    saysEpisode(relative, under),
  );
  if (listed.length === 0)
    throw unusable(`${folder} holds no subtitles named by season and episode`);
  return (show, season) => {
    const query = { show, year: null, tmdb: null, seasons: [season], languages: [] };
    const named = { source: 'folder', under, vouched: true } as const;
    const { files } = filesOfShow(listed, query, named);
    const episodes = [...new Set(files.flatMap((file) => file.episodes))].sort((a, b) => a - b);
    return episodes.map((episode) => {
      const ofOne = files.filter(({ episodes, name }) => name && episodes.includes(episode));
      return { episode, name: ofOne.find(({ episodes }) => episodes.length === 1)?.name ?? null };
    });
  };
}

async function filesIn(folder: string): Promise<readonly SubtitleFile[]> {
  try {
    return (await listSubtitles(folder)).files;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw unusable(`The references in ${folder} cannot be read (${systemCode(error)})`, error);
  }
}

function saysEpisode(relative: string, under: string | null): boolean {
  const name = readReferenceName(under === null ? relative : `${under}/${relative}`);
  return name !== null && name.season !== null && name.episodes.length > 0;
}

function unusable(message: string, cause?: unknown): DiscflowError {
  return new DiscflowError('bad-request', message, {
    hint: 'Name a folder with files like "Show/Season 01/Show - S01E02 - Title.en.srt".',
    cause,
  });
}
