import { ulid } from 'ulid';
import type { JobDocument } from './document.ts';

/** A new job for a disc that has just been seen. */
export function newJob(
  init: Pick<JobDocument, 'station' | 'drive' | 'disc' | 'claim'>,
): JobDocument {
  const at = new Date().toISOString();
  const step = () => ({ state: 'pending' as const, attempt: 0, startedAt: null, endedAt: null });
  return {
    v: 1,
    id: ulid(),
    rev: 1,
    ...init,
    attempt: 1,
    mode: 'auto',
    state: 'idle',
    blocked: null,
    outcome: null,
    identity: null,
    titles: [],
    steps: { identify: step(), rip: step(), match: step(), organize: step() },
    questions: [],
    handoffs: [],
    library: null,
    owned: null,
    error: null,
    createdAt: at,
    updatedAt: at,
    endedAt: null,
    asks: [],
    requested: [],
    set: {},
    catalogue: null,
    findings: null,
    postponed: null,
    armed: null,
    filings: [],
    cancelling: false,
    ejected: false,
    seq: 0,
    outbox: [],
    timeline: [],
    transactions: [],
  };
}
