import type { JobSnapshot } from '../contract/job.ts';
import type { JobDocument } from './document.ts';

/** A snapshot is never larger than this as JSON. */
export const SNAPSHOT_LIMIT_BYTES = 64 * 1024;

/** A job as everybody outside may see it, within {@link SNAPSHOT_LIMIT_BYTES}. */
export function snapshotOf(job: JobDocument): JobSnapshot {
  return [withoutUnwantedTracks, withoutEvidence, withoutTracks, withoutUnwantedTitles].reduce(
    (snapshot, shrink) => (fits(snapshot) ? snapshot : shrink(snapshot)),
    wholeSnapshot(job),
  );
}

function wholeSnapshot(job: JobDocument): JobSnapshot {
  const { asks, requested, claim, set, filings, cancelling, ejected, ...rest } = job;
  const { seq, outbox, timeline, transactions, handoffs, ...visible } = rest;
  return {
    ...visible,
    handoffs: handoffs.map(({ carry, taken, ...handoff }) => handoff),
  };
}

function fits(snapshot: JobSnapshot): boolean {
  return Buffer.byteLength(JSON.stringify(snapshot)) <= SNAPSHOT_LIMIT_BYTES;
}

function withoutUnwantedTracks(snapshot: JobSnapshot): JobSnapshot {
  const titles = snapshot.titles.map((title) =>
    title.wanted ? title : { ...title, audio: [], subtitles: [] },
  );
  return { ...snapshot, titles };
}

function withoutEvidence(snapshot: JobSnapshot): JobSnapshot {
  const titles = snapshot.titles.map((title) => ({
    ...title,
    match: title.match && { ...title.match, evidence: [] },
  }));
  const questions = snapshot.questions.map((question) => ({
    ...question,
    candidates: question.candidates.map((candidate) => ({ ...candidate, evidence: [] })),
  }));
  return { ...snapshot, titles, questions };
}

function withoutTracks(snapshot: JobSnapshot): JobSnapshot {
  const titles = snapshot.titles.map((title) => ({ ...title, audio: [], subtitles: [] }));
  return { ...snapshot, titles };
}

function withoutUnwantedTitles(snapshot: JobSnapshot): JobSnapshot {
  return { ...snapshot, titles: snapshot.titles.filter((title) => title.wanted) };
}
