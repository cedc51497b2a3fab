import { isDeepStrictEqual } from 'node:util';
import { OwnedAnswer } from '../contract/owned.ts';
import type { Answer, Candidate, Question } from '../contract/question.ts';
import { DiscflowError } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { MatchRules } from '../match/derive.ts';
import { chooseTitles } from './choose-titles.ts';
import { restateIdentity } from './restate.ts';
import { stateAssignment } from './state-assignment.ts';

export interface Answerer {
  by: string;
  /** ISO 8601 */
  at: string;
}

const askByDefault: MatchRules = { policies: { episodeOrder: 'ask' }, episodesTaken: () => [] };

/**
 * Puts a person's answer into a job. The same answer again is accepted and changes nothing; another one to an
 * answered question amends it until filing begins. Throws `unknown-question`, `stale-revision`,
 * `not-possible-now`, and `bad-request` or `unknown-title` for an answer that does not fit; the job is unchanged then.
 */
export function applyAnswer(
  draft: JobDocument,
  questionId: string,
  rev: number,
  answer: Answer,
  { by, at }: Answerer,
  rules: MatchRules = askByDefault,
): void {
  const question = findQuestion(draft, questionId);
  if (isDeepStrictEqual(question.answered?.answer, answer)) return;
  if (rev !== question.rev) throw stale(question);
  checkPossible(draft);
  if (question.kind === 'owned') {
    decideOwned(draft, question, answer, { by, at });
    return;
  }
  const { identity, assignment, titles } = meaningOf(question, answer);
  if (question.kind === 'titles' && titles) {
    checkUnread(draft);
    chooseTitles(draft, question, titles);
    question.answered = { at, by, answer };
    return;
  }
  if (question.kind === 'identity' && identity) {
    if ((identity.title ?? draft.identity?.title ?? null) === null) throw unfitting(question);
    question.answered = { at, by, answer };
    restateIdentity(draft, identity, { decidedBy: 'person', by, at, rules });
    return;
  }
  if (!(question.kind === 'order' || question.kind === 'episode') || !assignment)
    throw unfitting(question);
  // Before it is put into effect: what it leaves open is asked on, in the same question.
  question.answered = { at, by, answer };
  stateAssignment(draft, assignment, { by, at, rules });
}

/** The answer is about the rip: once that has begun, it can only be stopped. */
function decideOwned(
  draft: JobDocument,
  question: Question,
  answer: Answer,
  { by, at }: Answerer,
): void {
  const chosen = 'accept' in answer ? question.default : 'choose' in answer ? answer.choose : '';
  const verdict = OwnedAnswer.safeParse(chosen);
  if (!verdict.success) throw unfitting(question);
  if (!draft.owned || draft.steps.rip.state !== 'pending')
    throw new DiscflowError('not-possible-now', `Job ${draft.id} is being ripped already`, {
      hint: `To stop it: discflow cancel ${draft.id}.`,
    });
  question.answered = { at, by, answer };
  draft.owned = { ...draft.owned, verdict: verdict.data, decidedBy: 'person' };
}

function findQuestion({ questions, id }: JobDocument, questionId: string): Question {
  const question = questions.find((other) => other.id === questionId);
  if (question) return question;
  throw new DiscflowError('unknown-question', `Job ${id} has no question ${questionId}`, {
    hint: 'It may have been answered long ago. The open ones are in the job and on review/queue.',
  });
}

function stale({ rev }: Question): DiscflowError {
  return new DiscflowError(
    'stale-revision',
    `The question has changed since it was shown; it is at revision ${rev} now`,
    { hint: 'Look at the candidates again and answer the current revision.' },
  );
}

function checkPossible({ steps, state, id }: JobDocument): void {
  const ended = state === 'completed' || state === 'failed' || state === 'cancelled';
  if (!ended && steps.organize.state !== 'running' && steps.organize.state !== 'done') return;
  throw new DiscflowError('not-possible-now', `Job ${id} is being filed or has ended`, {
    hint: 'Take back what was filed with "discflow undo", or let the job go on with "discflow retry", then answer again.',
  });
}

function checkUnread({ steps, id }: JobDocument): void {
  if (steps.rip.state !== 'running' && steps.rip.state !== 'done') return;
  throw new DiscflowError('not-possible-now', `The titles of job ${id} are being read`, {
    hint: 'Choose other titles with "discflow retry" when the job has ended, or cancel it first.',
  });
}

/** What an answer comes to: the candidate it takes, or what it states itself. */
function meaningOf(
  question: Question,
  answer: Answer,
): Pick<Candidate, 'identity' | 'assignment' | 'titles'> {
  if ('accept' in answer) return candidateOf(question, question.default);
  if ('choose' in answer) return candidateOf(question, answer.choose);
  return answer;
}

function candidateOf({ candidates }: Question, id: string): Candidate {
  const candidate = candidates.find((other) => other.id === id);
  if (candidate) return candidate;
  throw new DiscflowError('bad-request', `There is no candidate "${id.slice(0, 40)}"`, {
    hint: `The candidates are ${candidates.map((other) => other.id).join(', ')}.`,
  });
}

const fittingAnswers: Record<Question['kind'], string> = {
  titles: 'Say which titles to rip: {"titles": ["t01"]}.',
  identity: 'Say what the disc is: {"identity": {"kind": "movie", "title": "…"}}.',
  order: 'Say which title is which episode: {"assignment": [{"title": "t01", "match": {…}}]}.',
  episode: 'Say which episode it is: {"assignment": [{"title": "t01", "match": {…}}]}.',
  owned: 'Say whether it is ripped all the same: {"choose": "rip"} or {"choose": "skip"}.',
};

function unfitting({ kind }: Question): DiscflowError {
  return new DiscflowError('bad-request', 'The answer does not fit the question', {
    hint: fittingAnswers[kind],
  });
}
