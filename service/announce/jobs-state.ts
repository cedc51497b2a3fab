import { type Problem, stationWideCodes } from '../contract/problem.ts';
import type { JobsState } from '../contract/station.ts';
import type { JobDocument } from '../jobs/document.ts';
import { hasEnded } from '../jobs/states.ts';
import { openQuestions } from '../review/open-questions.ts';

/** A result that no node has fetched for so long needs somebody to look at the flow. */
const UNCOLLECTED_AFTER_MS = 10 * 60 * 1000;
const MOST_PROBLEMS = 20;

/** The station in one glance. `latest` and `nextFinish` are known to the announcer alone. */
export function jobsState(
  jobs: readonly JobDocument[],
  now: number,
  known: { latest: string | null; nextFinish: string | null; problems: readonly Problem[] },
): JobsState {
  const open = jobs.filter((job) => !hasEnded(job));
  const waiting = open.filter(({ state }) => state === 'waiting' || state === 'review_needed');
  const problems = [...known.problems, ...jobs.flatMap((job) => problemsOf(job, now))];
  const once = problems.filter(
    (problem, index) => !isToldBefore(problem, problems.slice(0, index)),
  );
  return {
    v: 1,
    running: open.length - waiting.length,
    waiting: waiting.length,
    reviews: open.flatMap(openQuestions).length,
    latest: known.latest,
    next_finish: known.nextFinish,
    problems: once.slice(0, MOST_PROBLEMS),
  };
}

function isToldBefore({ code }: Problem, before: readonly Problem[]): boolean {
  return stationWideCodes.has(code) && before.some((problem) => problem.code === code);
}

function problemsOf(job: JobDocument, now: number): Problem[] {
  const problems: Problem[] = [];
  if (job.blocked && !isInHands(job))
    problems.push({ code: job.blocked.code, message: job.blocked.cause, hint: job.blocked.hint });
  const late = job.handoffs.find(({ at }) => now - Date.parse(at) > UNCOLLECTED_AFTER_MS);
  if (late)
    problems.push({
      code: 'handoff-uncollected',
      message: `Nobody has collected the result of "${late.step}" of ${job.disc.label}`,
      hint: `The flow's node ${late.node} is gone or disconnected: deploy it again. ${hintWithout(job)}`,
    });
  return problems;
}

/** A flow that has taken a disc may take its time; one that has not taken it is missed. */
function isInHands({ blocked, mode }: JobDocument): boolean {
  return blocked?.code === 'flow' && mode === 'flow';
}

function hintWithout(job: JobDocument): string {
  return hasEnded(job)
    ? 'The job has ended, so nothing else waits for it.'
    : `Or go on without it: "discflow retry ${job.id}".`;
}
