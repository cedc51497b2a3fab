import { ulid } from 'ulid';
import type { EventType, JobEvent } from '../contract/event.ts';
import { stepNames } from '../contract/job.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import type { JobDocument } from './document.ts';
import { hasEnded, jobTransitions, titleTransitions } from './states.ts';

/** An event before it has a number. */
type Change = Pick<JobEvent, 'event_type' | 'from' | 'to'> &
  Partial<Pick<JobEvent, 'title' | 'step' | 'question' | 'code'>>;

/**
 * What happened between two versions of a job, as numbered events. This is the only place where a change of
 * state is accepted: whatever code made it, one that the tables do not know throws `internal` and nothing is saved.
 */
export function eventsBetween(
  before: JobDocument | null,
  after: JobDocument,
  seq: number,
): JobEvent[] {
  return changesBetween(before, after).map((change, index) => ({
    v: 1,
    seq: seq + index,
    id: ulid(),
    at: after.updatedAt,
    drive: after.drive,
    job: after.id,
    rev: after.rev,
    attempt: after.attempt,
    ...change,
  }));
}

function changesBetween(before: JobDocument | null, after: JobDocument): Change[] {
  if (before === null) return [{ event_type: 'job-created', from: null, to: after.state }];
  return [
    ...stepChanges(before, after),
    ...titleChanges(before, after),
    ...jobChanges(before, after),
    ...questionChanges(before, after),
    ...handoffChanges(before, after),
    ...ejectChanges(before, after),
  ];
}

function jobChanges(before: JobDocument, after: JobDocument): Change[] {
  const { state: from } = before;
  const { state: to } = after;
  if (from === to) return [];
  if (!jobTransitions[from].includes(to)) throw forbidden(`job ${after.id}`, from, to);
  const reopened = hasEnded(before);
  if (reopened && after.attempt !== before.attempt + 1)
    throw new Error(`job ${after.id} came back without a new attempt`);
  const code = after.blocked?.code ?? (to === 'failed' ? after.error?.code : undefined);
  return [{ event_type: reopened ? 'job-reopened' : 'job-state', from, to, ...(code && { code }) }];
}

function titleChanges(before: JobDocument, after: JobDocument): Change[] {
  const old = new Map(before.titles.map((title) => [title.id, title.state]));
  return after.titles.flatMap((title) => {
    const from = old.get(title.id);
    if (from === undefined || from === title.state) return [];
    if (!titleTransitions[from].includes(title.state))
      throw forbidden(`title ${title.id} of job ${after.id}`, from, title.state);
    const code = title.state === 'failed' ? title.error?.code : undefined;
    return [titleChange(title.id, from, title.state, code)];
  });
}

function titleChange(title: TitleId, from: string, to: string, code: JobEvent['code']): Change {
  return { event_type: 'title-state', from, to, title, ...(code && { code }) };
}

function stepChanges(before: JobDocument, after: JobDocument): Change[] {
  return stepNames.flatMap((step) => {
    const [from, to] = [before.steps[step], after.steps[step]];
    if (from.state === to.state && from.attempt === to.attempt) return [];
    const event_type: EventType = to.state === 'running' ? 'step-started' : 'step-ended';
    return [{ event_type, from: from.state, to: to.state, step }];
  });
}

function questionChanges(before: JobDocument, after: JobDocument): Change[] {
  return after.questions.flatMap((question): Change[] => {
    const old = before.questions.find((other) => other.id === question.id);
    const common = {
      question: question.id,
      from: old ? String(old.rev) : null,
      to: String(question.rev),
    };
    if (question.answered && !old?.answered)
      return [{ event_type: 'question-answered', ...common }];
    if (!question.answered && old?.rev !== question.rev)
      return [{ event_type: 'question-asked', ...common }];
    return [];
  });
}

function handoffChanges(before: JobDocument, after: JobDocument): Change[] {
  const known = new Set(before.handoffs.map((handoff) => handoff.id));
  return after.handoffs
    .filter((handoff) => !known.has(handoff.id))
    .map((handoff) => ({
      event_type: 'handoff-ready',
      from: null,
      to: handoff.outcome,
      step: handoff.step,
      ...(handoff.title && { title: handoff.title }),
    }));
}

function ejectChanges(before: JobDocument, after: JobDocument): Change[] {
  if (before.ejected || !after.ejected) return [];
  return [{ event_type: 'disc-ejected', from: 'loaded', to: 'ejected' }];
}

function forbidden(what: string, from: string, to: string): DiscflowError {
  return new DiscflowError('internal', `${what} cannot go from ${from} to ${to}`, {
    hint: 'Nothing was changed. This is a fault in Discflow; please report it.',
  });
}
