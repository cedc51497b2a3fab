import { z } from 'zod';
import type { Problem } from '../../../contract/problem.ts';
import { type AnswerCache, createAnswerCache } from '../../../metadata/http/answer-cache.ts';
import { DownloadAnswer, QuotaAnswer, SearchPage, type Subtitle, UserInfo } from './answers.ts';
import { type ClientOptions, createClient, type Outcome, readAnswer, strange } from './client.ts';
import { usedQuota } from './problems.ts';

export interface SeasonSearch {
  readonly show: string;
  readonly tmdb: number | null;
  readonly season: number;
  /** As OpenSubtitles writes it: "en", "pt-br". */
  readonly language: string;
}

export type Found<T> =
  | { readonly state: 'found'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: Problem };

export type Download =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  /** This file cannot be had. */
  | { readonly state: 'absent'; readonly says: string }
  /** No file can be had for now. */
  | { readonly state: 'failed'; readonly problem: Problem };

export interface Quota {
  /** Downloads that are left; null when nothing was downloaded yet. */
  readonly remaining: number | null;
  /** Milliseconds since 1970. */
  readonly resetAt: number | null;
}

export interface OpenSubtitles {
  search(search: SeasonSearch, options: { signal: AbortSignal }): Promise<Found<Subtitle[]>>;
  download(fileId: number, options: { signal: AbortSignal }): Promise<Download>;
  quota(): Promise<Quota>;
  /** Asks it, once, whether it is there and accepts key and login; downloads nothing. */
  check(options: { signal: AbortSignal }): Promise<Found<Quota>>;
}

export interface OpenSubtitlesOptions extends ClientOptions {
  /** Where answers to searches are kept. */
  readonly cacheFolder: string;
}

/** New subtitles of an old season are rare; what is missing is asked for sooner. */
const CACHE_TIMES = { days: 14, missDays: 1 };
/** 50 to 60 entries each: 24 episodes have 10 to 20 each in a language that many people speak. */
const MOST_PAGES = 12;
const DAY = 24 * 60 * 60_000;
const Pages = z.array(SearchPage);

export function createOpenSubtitles(options: OpenSubtitlesOptions): OpenSubtitles {
  const client = createClient(options);
  const cache = createAnswerCache(options.cacheFolder, CACHE_TIMES);
  const { session } = options;

  return {
    async search(search, { signal }) {
      const request = JSON.stringify(['opensubtitles', options.url, queryOf(search, 1)]);
      const kept = await keptPages(cache, request);
      if (kept?.fresh) return { state: 'found', value: kept.subtitles };
      const pages: unknown[] = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const outcome = await client.ask({
          path: 'subtitles',
          query: queryOf(search, page),
          signal,
        });
        const body = bodyOf(outcome);
        const answer = SearchPage.safeParse(body);
        if (!answer.success)
          return kept ? { state: 'found', value: kept.subtitles } : failed(outcome);
        pages.push(body);
        if (page >= (answer.data.total_pages ?? 1)) break;
      }
      const subtitles = Pages.parse(pages).flatMap(({ data }) => data);
      await cache.write(
        request,
        subtitles.length === 0 ? { state: 'absent' } : { state: 'found', body: pages },
      );
      return { state: 'found', value: subtitles };
    },

    async download(fileId, { signal }) {
      const spent = await spentQuota();
      if (spent) return { state: 'failed', problem: spent };
      for (let attempt = 1; ; attempt++) {
        const body = { file_id: fileId, sub_format: 'srt' };
        const outcome = await client.ask({ path: 'download', body, signal }, { login: true });
        if (outcome.state !== 'reply') return { state: 'failed', problem: outcome.problem };
        const { reply } = outcome;
        if (reply.status === 406) return refusedDownload(readAnswer(reply, QuotaAnswer));
        const answer = reply.status < 400 ? readAnswer(reply, DownloadAnswer) : null;
        if (!answer) return { state: 'absent', says: `is not given out (HTTP ${reply.status})` };
        await rememberQuota(answer.remaining ?? null, answer.reset_time_utc ?? null);
        const file = await client.fetch(answer.link, signal);
        if (file.state !== 'reply') return { state: 'failed', problem: file.problem };
        const { status, bytes } = file.reply;
        if (status < 400) return { state: 'read', bytes };
        // A link counts for some hours only, and may have been made before.
        const hasExpired = status === 410 && attempt === 1;
        if (!hasExpired) return { state: 'absent', says: `cannot be fetched (HTTP ${status})` };
      }
    },

    async quota() {
      const { remaining, resetAt } = await session.read();
      return { remaining, resetAt };
    },

    async check({ signal }) {
      const hasLogin = options.credentials.username && options.credentials.password;
      const outcome = hasLogin
        ? await client.ask({ path: 'infos/user', signal }, { login: true })
        : await client.ask({ path: 'infos/formats', signal });
      if (outcome.state !== 'reply' || outcome.reply.status >= 400) return failed(outcome);
      const user = readAnswer(outcome.reply, UserInfo);
      const { remaining, resetAt } = await session.read();
      const left = user?.data.remaining_downloads ?? remaining;
      return { state: 'found', value: { remaining: left, resetAt } };
    },
  };

  async function spentQuota(): Promise<Problem | null> {
    const { remaining, resetAt } = await session.read();
    const isSpent = remaining !== null && remaining <= 0 && resetAt !== null;
    return isSpent && resetAt > Date.now() ? usedQuota(resetAt) : null;
  }

  /** It answers 406 for a used quota, and for a file that it does not know. */
  async function refusedDownload(answer: z.infer<typeof QuotaAnswer> | null): Promise<Download> {
    const until = timeOf(answer?.reset_time_utc ?? null);
    if (until === null && (answer?.remaining ?? null) === null)
      return { state: 'absent', says: 'is not known there any more' };
    const resetAt = until ?? Date.now() + DAY;
    await session.write({ ...(await session.read()), remaining: 0, resetAt });
    return { state: 'failed', problem: usedQuota(resetAt) };
  }

  async function rememberQuota(remaining: number | null, reset: string | null): Promise<void> {
    await session.write({ ...(await session.read()), remaining, resetAt: timeOf(reset) });
  }
}

/** Values that are its defaults are left out, or it answers with a redirect. */
function queryOf({ show, tmdb, season, language }: SeasonSearch, page: number) {
  return {
    ai_translated: 'exclude',
    foreign_parts_only: 'exclude',
    languages: language,
    order_by: 'download_count',
    order_direction: 'desc',
    season_number: String(season),
    type: 'episode',
    ...(tmdb === null ? { query: show } : { parent_tmdb_id: String(tmdb) }),
    ...(page === 1 ? {} : { page: String(page) }),
  };
}

async function keptPages(
  cache: AnswerCache,
  request: string,
): Promise<{ subtitles: Subtitle[]; fresh: boolean } | null> {
  const kept = await cache.read(request);
  if (kept === null) return null;
  if (kept.answer.state === 'absent') return { subtitles: [], fresh: kept.fresh };
  const pages = Pages.safeParse(kept.answer.body);
  return pages.success
    ? { subtitles: pages.data.flatMap(({ data }) => data), fresh: kept.fresh }
    : null;
}

function bodyOf(outcome: Outcome): unknown {
  if (outcome.state !== 'reply' || outcome.reply.status >= 400) return null;
  return readAnswer(outcome.reply, z.unknown());
}

function failed(outcome: Outcome): { state: 'failed'; problem: Problem } {
  const told = outcome.state === 'reply' ? strange() : outcome;
  if (told.state === 'reply') throw new Error('a reply is no failure');
  return { state: 'failed', problem: told.problem };
}

/** Milliseconds since 1970; null for what is no time. */
function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) ? time : null;
}
