import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';
import type { KnownEpisode, KnownEpisodes } from '../match/known-episodes.ts';
import { givenPath } from './given-path.ts';

/** "Harbour Lights - S01E02 - The Lamp.en.srt": what comes before, season, episode, title, languages, kind. */
const fileName =
  /^(.*?)[ ._-]*s(\d{1,3})[ ._-]*e(\d{1,4})(?: - (.+?))?(?:\.[a-z]{2,3}(?:-[a-z]{2,4})?)?(?:\.(?:forced|sdh|cc|hi))?\.(?:srt|vtt|ass|ssa)$/i;

const exampleFile = 'Name a folder with files like "Show/Season 01/Show - S01E02 - Title.en.srt".';

interface Reference extends KnownEpisode {
  show: string;
  season: number;
}

/**
 * The episodes that a folder has subtitles of (`Show/Season 01/Show - S01E02 - Title.en.srt`).
 * Throws `bad-request` when it is missing, or holds no subtitles named by season and episode.
 */
export async function readReferences(folder: string): Promise<KnownEpisodes> {
  const root = givenPath(folder, { of: 'folder of references', hint: exampleFile });
  const references = (await filesIn(root)).flatMap((path) => referenceOf(path) ?? []);
  if (references.length === 0)
    throw unusable(`${folder} holds no subtitles named by season and episode`);
  return (show, season) => {
    const wanted = references.filter(
      (reference) => reference.season === season && isSameShow(reference.show, show),
    );
    const episodes = [...new Set(wanted.map(({ episode }) => episode))].sort((a, b) => a - b);
    return episodes.map((episode) => {
      const named = wanted.find((reference) => reference.episode === episode && reference.name);
      return { episode, name: named?.name ?? null };
    });
  };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive: true })).map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw unusable(`The references in ${folder} cannot be read (${systemCode(error)})`, error);
  }
}

function referenceOf(path: string): Reference | null {
  const [, before = '', season, episode, name] = fileName.exec(basename(path)) ?? [];
  if (season === undefined || episode === undefined) return null;
  return {
    show: before === '' ? showFolder(dirname(path)) : before,
    season: Number(season),
    episode: Number(episode),
    name: name ?? null,
  };
}

function showFolder(folder: string): string {
  const name = basename(folder);
  return /^(season|specials|s)[ _-]*\d*$/i.test(name) ? basename(dirname(folder)) : name;
}

/** Neither case nor punctuation tells two shows apart. */
function isSameShow(one: string, other: string): boolean {
  const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return bare(one) === bare(other);
}

function unusable(message: string, cause?: unknown): DiscflowError {
  return new DiscflowError('bad-request', message, {
    hint: exampleFile,
    cause,
  });
}
