import { type Answer, type LocalServer, type Seen, startLocalServer } from './local-server.ts';

export const openSubtitlesAccount = {
  key: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
  username: 'mara',
  password: 'spare wick',
};

/** One upload. */
export interface MadeSubtitle {
  file: number;
  season: number;
  episode: number;
  language: string;
  text: string | Uint8Array;
  name?: string;
  tmdb?: number;
  downloads?: number;
  trusted?: boolean;
  ai?: boolean;
  machine?: boolean;
  foreignOnly?: boolean;
  parts?: number;
}

export interface OpenSubtitlesServer extends LocalServer {
  /** Downloads that are left today. */
  quota: number;
  /** As a login names it; null names none. */
  baseUrl: string | null;
  /** So many links that are made from now on have expired when they are asked for. */
  expiredLinks: number;
  /** Every token that was given out counts no more. */
  forgetTokens(): void;
  subtitles: MadeSubtitle[];
}

const RESET = '2099-01-02T00:00:00.000Z';
const PER_PAGE = 50;
const ANONYMOUS_QUOTA = 5;

/**
 * Answers as OpenSubtitles' REST API, version 1, is documented to: key and user agent on every call, queries in
 * canonical form or a redirect to it, pages, logins, links that expire, and a quota of downloads a day.
 */
export async function startOpenSubtitles(): Promise<OpenSubtitlesServer> {
  const tokens = new Set<string>();
  const links = new Map<string, { file: number; expired: boolean }>();
  let anonymous = ANONYMOUS_QUOTA;
  const server = await startLocalServer(answer);
  const state: OpenSubtitlesServer = {
    ...server,
    quota: 20,
    baseUrl: null,
    expiredLinks: 0,
    subtitles: [],
    forgetTokens: () => tokens.clear(),
    reset() {
      server.reset();
      tokens.clear();
      links.clear();
      anonymous = ANONYMOUS_QUOTA;
      Object.assign(state, { quota: 20, baseUrl: null, expiredLinks: 0, subtitles: [] });
    },
  };
  return state;

  function answer(request: Seen): Answer {
    const { url, headers, method } = request;
    if (url.pathname.startsWith('/files/')) return file(url.pathname);
    if (headers['api-key'] !== openSubtitlesAccount.key)
      return { status: 403, body: { message: 'You cannot consume this service' } };
    if (!/^[\w-]+ v[\d.]+$/.test(headers['user-agent'] ?? ''))
      return { status: 403, body: { message: 'User-Agent should be in the form of "Name vX.Y"' } };
    const path = url.pathname.replace(/^\/(?:vip\/)?api\/v1\//, '');
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined && !tokens.has(bearer))
      return { status: 401, body: { message: 'Invalid token', status: 401 } };
    if (method === 'POST' && path === 'login') return login(request);
    if (method === 'POST' && path === 'download') return download(request, bearer !== undefined);
    if (path === 'subtitles') return canonical(url) ?? search(url.searchParams);
    if (path === 'infos/formats') return ok({ data: { output_formats: ['srt', 'sub', 'webvtt'] } });
    if (path === 'infos/user' && bearer !== undefined)
      return ok({
        data: { allowed_downloads: 20, remaining_downloads: state.quota, level: 'Sub leecher' },
      });
    return { status: 401, body: { message: 'Unauthorized' } };
  }

  function login({ body }: Seen): Answer {
    const { username, password } = JSON.parse(body) as Record<string, string>;
    const known =
      username === openSubtitlesAccount.username && password === openSubtitlesAccount.password;
    if (!known)
      return { status: 401, body: { message: 'Error, invalid username/password', status: 401 } };
    const token = `token-${tokens.size + 1}-${Date.now()}`;
    tokens.add(token);
    return ok({
      user: { allowed_translations: 1, allowed_downloads: 20, level: 'Sub leecher', vip: false },
      ...(state.baseUrl === null ? {} : { base_url: state.baseUrl }),
      token,
      status: 200,
    });
  }

  function search(query: URLSearchParams): Answer {
    const languages = (query.get('languages') ?? '').split(',');
    const tmdb = query.get('parent_tmdb_id');
    if (tmdb === null && query.get('query') === null)
      return { status: 400, body: { errors: ['Not enough parameters'] } };
    const found = state.subtitles
      .filter((made) => languages.includes(made.language.toLowerCase()))
      .filter((made) => tmdb === null || Number(tmdb) === (made.tmdb ?? 42))
      .filter((made) => String(made.season) === query.get('season_number'))
      .filter((made) => !(made.ai && query.get('ai_translated') === 'exclude'))
      .filter((made) => !(made.foreignOnly && query.get('foreign_parts_only') === 'exclude'))
      .sort((a, b) => (b.downloads ?? 0) - (a.downloads ?? 0));
    const page = Number(query.get('page') ?? 1);
    return ok({
      total_pages: Math.ceil(found.length / PER_PAGE),
      total_count: found.length,
      per_page: PER_PAGE,
      page,
      data: found.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(entryOf),
    });
  }

  function download({ body }: Seen, hasToken: boolean): Answer {
    const { file_id: file } = JSON.parse(body) as { file_id: number };
    if (!state.subtitles.some((made) => made.file === file))
      return { status: 406, body: { message: 'Invalid file_id', status: 406 } };
    const left = hasToken ? state.quota : anonymous;
    const times = { reset_time: '23 hours and 59 minutes', reset_time_utc: RESET };
    if (left <= 0)
      return {
        status: 406,
        body: {
          requests: 21,
          remaining: -1,
          message: 'You have downloaded your allowed subtitles',
          ...times,
        },
      };
    if (hasToken) state.quota--;
    else anonymous--;
    const path = `/files/${links.size + 1}`;
    links.set(path, { file, expired: state.expiredLinks-- > 0 });
    const link = `${server.url}${path}`;
    return ok({
      link,
      file_name: `${file}.srt`,
      requests: 1,
      remaining: left - 1,
      message: '',
      ...times,
    });
  }

  function file(path: string): Answer {
    const link = links.get(path);
    const made = state.subtitles.find((one) => one.file === link?.file);
    if (!link || !made) return { status: 404, body: { message: 'Not found' } };
    if (link.expired) return { status: 410, body: { message: 'Link expired' } };
    return {
      status: 200,
      body: typeof made.text === 'string' ? Buffer.from(made.text) : made.text,
    };
  }
}

function canonical(url: URL): Answer | null {
  const sorted = new URL(url);
  sorted.searchParams.sort();
  const wanted = sorted.search.toLowerCase().replace(/&page=1$/, '');
  if (
    url.search.toLowerCase() === wanted &&
    !/=[^&]*[A-Z]/.test(url.searchParams.toString().replaceAll(/%[0-9A-F]{2}/g, ''))
  )
    return null;
  return { status: 301, body: {}, headers: { location: `${url.pathname}${wanted}` } };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function entryOf(made: MadeSubtitle) {
  const { file, season, episode, language, downloads = 10, tmdb = 42, parts = 1 } = made;
  const name = made.name ?? `Harbour.Lights.S0${season}E0${episode}.1080p.WEB`;
  return {
    id: String(file + 1000),
    type: 'subtitle',
    attributes: {
      subtitle_id: String(file + 1000),
      language,
      download_count: downloads,
      new_download_count: 0,
      hearing_impaired: false,
      hd: true,
      fps: 23.976,
      votes: 0,
      ratings: 0,
      from_trusted: made.trusted ?? false,
      foreign_parts_only: made.foreignOnly ?? false,
      ai_translated: made.ai ?? false,
      machine_translated: made.machine ?? false,
      nb_cd: parts,
      release: name,
      feature_details: {
        feature_id: 1,
        feature_type: 'Episode',
        year: 2019,
        title: `Name ${episode}`,
        season_number: season,
        episode_number: episode,
        parent_title: 'Harbour Lights',
        parent_tmdb_id: tmdb,
      },
      files: Array.from({ length: parts }, (_, index) => ({
        file_id: file + index * 100_000,
        cd_number: index + 1,
        file_name: name,
      })),
    },
  };
}
