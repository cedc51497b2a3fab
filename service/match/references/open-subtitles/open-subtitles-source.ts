import { bareLanguage } from '../language.ts';
import { type ReferenceName, readReferenceName } from '../names/reference-name.ts';
import type { ReferenceQuery } from '../reference.ts';
import { mayBeShow } from '../same-show.ts';
import type { ReadOutcome, ReferenceFile, ReferenceSource } from '../sources/reference-source.ts';
import type { OpenSubtitles } from './open-subtitles.ts';
import { type FoundSubtitle, rankSubtitles } from './rank-subtitles.ts';

/** Subtitles from OpenSubtitles.com: one search for each season and language, and each file when it is wanted. */
export function createOpenSubtitlesSource(api: OpenSubtitles): ReferenceSource {
  return {
    name: 'opensubtitles',
    metered: true,
    async list(query, { signal }) {
      const files: ReferenceFile[] = [];
      const notes: string[] = [];
      for (const season of query.seasons)
        for (const language of query.languages) {
          const { show, tmdb } = query;
          const search = { show, tmdb, season, language: languageFor(language) };
          const found = await api.search(search, { signal });
          if (found.state === 'failed') {
            notes.push(`${found.problem.message}. ${found.problem.hint}`);
            return { files, notes, complete: false };
          }
          const ranked = rankSubtitles(found.value, { season, tmdb });
          const wanted = ranked.filter((one) => isWanted(one, query));
          files.push(...likelyFirst(wanted, query).map(fileOf));
        }
      return { files, notes, complete: true };
    },
  };

  function fileOf({ found, named, otherShow }: NamedSubtitle): ReferenceFile {
    const shown = found.fileName === '' ? '' : ` (${found.fileName.slice(0, 200)})`;
    const { season, name, language } = found;
    return {
      source: 'opensubtitles',
      origin: `OpenSubtitles ${found.fileId}${shown}`,
      season,
      episodes: episodesOf(found, named),
      name,
      language,
      forced: named?.forced ?? false,
      otherShow: found.ofShow ? null : otherShow,
      read: ({ signal }) => readFile(found.fileId, signal),
    };
  }

  async function readFile(fileId: number, signal: AbortSignal): Promise<ReadOutcome> {
    const download = await api.download(fileId, { signal });
    switch (download.state) {
      case 'read':
        return download;
      case 'absent':
        return { state: 'unreadable', says: download.says };
      case 'failed':
        return { state: 'closed', note: `${download.problem.message}. ${download.problem.hint}` };
    }
  }
}

interface NamedSubtitle {
  readonly found: FoundSubtitle;
  /** What the name of its file says. */
  readonly named: ReferenceName | null;
  readonly otherShow: string | null;
}

/**
 * Without files that say to be of another episode than they are listed under; those that call the show otherwise
 * come last, for people name files in their own language, and upload to the wrong page.
 */
function likelyFirst(found: readonly FoundSubtitle[], query: ReferenceQuery): NamedSubtitle[] {
  return found
    .map((one) => {
      const named = one.fileName === '' ? null : readReferenceName(`${one.fileName}.srt`);
      const show = named?.fileShow;
      return { found: one, named, otherShow: show && !mayBeShow(show, query) ? show.title : null };
    })
    .filter(({ found: { season, episode }, named }) => {
      const isSilent = named === null || named.season === null || named.episodes.length === 0;
      return isSilent || (named.season === season && named.episodes.includes(episode));
    })
    .toSorted((a, b) => Number(a.otherShow !== null) - Number(b.otherShow !== null));
}

/** A file that says itself to hold two is listed under the first of them. */
function episodesOf(
  { season, episode }: FoundSubtitle,
  named: ReferenceName | null,
): readonly number[] {
  const said = named?.season === season ? named.episodes : [];
  return said.length > 1 && said.includes(episode) ? said : [episode];
}

function isWanted({ season, episode }: FoundSubtitle, { episodes }: ReferenceQuery): boolean {
  return (
    episodes === undefined ||
    episodes.some((one) => one.season === season && one.episode === episode)
  );
}

/** It tells Portuguese and Chinese by country, and other languages not. */
function languageFor(code: string): string {
  const bare = bareLanguage(code) ?? 'en';
  const [, country] = code.split(/[-_]/);
  if (bare === 'pt') return country?.toLowerCase() === 'br' ? 'pt-br' : 'pt-br,pt-pt';
  if (bare === 'zh') return 'zh-cn,zh-tw';
  return bare;
}
