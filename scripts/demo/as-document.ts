import type { JobSnapshot } from '../../service/contract/job.ts';
import type { JobDocument } from '../../service/jobs/document.ts';

/** A job as it is on MQTT, for what tells of jobs on disk; the service's own notes are empty. */
export function asDocument(job: JobSnapshot): JobDocument {
  return {
    ...job,
    handoffs: [],
    asks: [],
    requested: [],
    claim: null,
    set: {},
    filings: [],
    cancelling: false,
    ejected: false,
    seq: 0,
    outbox: [],
    timeline: [],
    transactions: [],
  };
}
