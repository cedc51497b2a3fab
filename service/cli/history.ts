import type { HistoryEntry } from '../contract/request.ts';
import { newestFirst } from '../jobs/newest-first.ts';
import { type Paint, paintFor } from './paint.ts';
import { fromServiceOrStore } from './service-or-store.ts';
import { readSettings } from './settings.ts';
import { sinceWhen } from './since.ts';
import { printable } from './words.ts';

/** As many as one answer may hold. */
const MOST = 500;

interface HistoryOptions {
  data?: string;
  since?: string;
  json?: boolean;
}

/** Prints what discs arrived, newest first. @returns the exit code */
export async function showHistory({ data, since, json }: HistoryOptions): Promise<number> {
  const span = { ...(since && { since: sinceWhen(since) }), limit: MOST };
  const { config } = await readSettings(data);
  const entries = await fromServiceOrStore<HistoryEntry>(config, {
    ask: async ({ request }) => (await request('history/query', span)).jobs,
    read: (stored) => stored.history(span),
  });
  entries.sort(newestFirst);
  const paint = paintFor(process.stdout);
  if (json) process.stdout.write(`${JSON.stringify(entries)}\n`);
  else if (entries.length === 0) process.stdout.write(`${noneInWords(since)}\n`);
  else for (const entry of entries) process.stdout.write(`${entryInWords(entry, paint)}\n`);
  if (entries.length >= MOST) process.stderr.write(`  Only the newest ${MOST} are shown.\n`);
  return 0;
}

function noneInWords(since: string | undefined): string {
  return since === undefined ? 'No disc was here yet.' : `No disc was here since ${since}.`;
}

function entryInWords(entry: HistoryEntry, paint: Paint): string {
  const when = minuteOf(entry.createdAt);
  const what = printable(entry.title ?? entry.label);
  const head = `${markOf(entry, paint)} ${when}  ${paint('bold', what)}  ${stateOf(entry)}`;
  const files = entry.files.map((file) => `    ${printable(file)}`);
  const { owned, error } = entry;
  const before = owned ? [`    ${ownedInWords(owned)}`] : [];
  const trouble = error ? [`    ${printable(error.message)}`, `    ${printable(error.hint)}`] : [];
  return [`${head}  ${paint('gray', entry.id)}`, ...files, ...before, ...trouble].join('\n');
}

function ownedInWords({ by, says, job, at }: NonNullable<HistoryEntry['owned']>): string {
  return by === 'disc' && job && at
    ? `Arrived before, on ${minuteOf(at)}, as ${job}`
    : printable(says);
}

function minuteOf(at: string): string {
  return new Date(at).toLocaleString('sv-SE').slice(0, 16);
}

function stateOf({ state, outcome, owned }: HistoryEntry): string {
  const words = state.replace('_', ' ');
  if (outcome === 'partial') return `${words}, not everything arrived`;
  if (outcome !== 'nothing' || state !== 'completed') return words;
  return owned?.verdict === 'skip' ? 'left alone' : `${words}, nothing arrived`;
}

function markOf({ state, outcome }: HistoryEntry, paint: Paint): string {
  if (outcome === 'complete') return paint('green', '✔');
  if (state === 'failed' || outcome === 'partial') return paint('red', '✗');
  if (state === 'cancelled' || outcome === 'nothing') return paint('gray', '■');
  return paint('yellow', '…');
}
