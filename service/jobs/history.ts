import type { HistoryEntry } from '../contract/request.ts';
import type { JobStore } from '../store/job-store.ts';
import type { JobBook } from './book.ts';
import type { JobDocument } from './document.ts';
import { newestFirst } from './newest-first.ts';

const DEFAULT_LIMIT = 100;

/** One job in a line. */
export function historyEntry(job: JobDocument): HistoryEntry {
  return {
    id: job.id,
    createdAt: job.createdAt,
    endedAt: job.endedAt,
    state: job.state,
    outcome: job.outcome,
    drive: job.drive,
    label: job.disc.label,
    title: job.identity?.title ?? null,
    files: job.titles.flatMap((title) => title.filed?.path ?? []).slice(0, 99),
    owned: job.owned,
    error: job.error,
  };
}

/** Jobs begun in a span of time, open and archived, newest first. One that is damaged is left out. */
export async function queryHistory(
  { book, store }: { book: Pick<JobBook, 'all'>; store: JobStore },
  span: { since?: string | undefined; until?: string | undefined; limit?: number | undefined },
): Promise<HistoryEntry[]> {
  const since = span.since ? Date.parse(span.since) : 0;
  const until = span.until ? Date.parse(span.until) : Date.now();
  const limit = span.limit ?? DEFAULT_LIMIT;
  const open = book.all().filter(({ createdAt }) => isWithin(createdAt, since, until));
  const archived = await store.archivedIds({ since, until });
  const read = await Promise.all(
    archived.slice(0, limit).map((id) => store.readArchived(id).catch(() => null)),
  );
  return [...open, ...read.filter((job) => job !== null)]
    .sort(newestFirst)
    .slice(0, limit)
    .map(historyEntry);
}

function isWithin(at: string, since: number, until: number): boolean {
  const time = Date.parse(at);
  return time >= since && time <= until;
}
