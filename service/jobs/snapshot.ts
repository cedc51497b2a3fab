import type { JobSnapshot, StepProgress } from '../contract/job.ts';
import { openQuestions } from '../review/open-questions.ts';
import type { JobDocument } from './document.ts';

/** A snapshot is never larger than this as JSON. */
export const SNAPSHOT_LIMIT_BYTES = 64 * 1024;
/** Characters of a title's problem, and results for nodes, in a snapshot that would be too large. */
const SHORT = 200;
const FEW = 50;

/** What an overfull snapshot leaves out, the least missed first. */
const shrinkings = [
  withoutUnwantedTracks,
  withoutEvidence,
  withShortProblems,
  withoutAnsweredQuestions,
  withFewHandoffs,
  withoutOwnedFiles,
  withoutTracks,
  withoutUnwantedTitles,
  withTitlesThatFit,
];

/** A job as everybody outside may see it, within {@link SNAPSHOT_LIMIT_BYTES}. */
export function snapshotOf(job: JobDocument, progress?: StepProgress): JobSnapshot {
  return shrinkings.reduce(
    (snapshot, shrink) => (fits(snapshot) ? snapshot : shrink(snapshot)),
    wholeSnapshot(job, progress),
  );
}

function wholeSnapshot(job: JobDocument, progress: StepProgress | undefined): JobSnapshot {
  const { asks, requested, claim, set, armed, catalogue, findings, postponed, ...rest } = job;
  const {
    filings,
    cancelling,
    ejected,
    seq,
    outbox,
    timeline,
    transactions,
    handoffs,
    ...visible
  } = rest;
  return {
    ...visible,
    ...(progress && { progress }),
    handoffs: handoffs.map(({ carry, taken, ...handoff }) => handoff),
  };
}

function fits(snapshot: JobSnapshot): boolean {
  return bytesOf(snapshot) <= SNAPSHOT_LIMIT_BYTES;
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
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

function withShortProblems(snapshot: JobSnapshot): JobSnapshot {
  const titles = snapshot.titles.map(({ error, ...title }) => ({
    ...title,
    error: error && {
      ...error,
      message: error.message.slice(0, SHORT),
      hint: error.hint.slice(0, SHORT),
    },
  }));
  return { ...snapshot, titles };
}

function withoutAnsweredQuestions(snapshot: JobSnapshot): JobSnapshot {
  return { ...snapshot, questions: openQuestions(snapshot) };
}

/** The oldest stay: once they are fetched, the next ones are shown. */
function withFewHandoffs(snapshot: JobSnapshot): JobSnapshot {
  return { ...snapshot, handoffs: snapshot.handoffs.slice(0, FEW) };
}

function withoutOwnedFiles(snapshot: JobSnapshot): JobSnapshot {
  return { ...snapshot, owned: snapshot.owned && { ...snapshot.owned, files: [] } };
}

function withTitlesThatFit(snapshot: JobSnapshot): JobSnapshot {
  let room = SNAPSHOT_LIMIT_BYTES - bytesOf({ ...snapshot, titles: [] });
  const titles = snapshot.titles.filter((title) => {
    room -= bytesOf(title) + 1;
    return room >= 0;
  });
  return { ...snapshot, titles };
}
