import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Answer, Question } from '../../service/contract/question.ts';

interface Options {
  /** Null: nobody answers here. */
  ask: (question: Question, signal: AbortSignal) => Promise<Answer | null>;
  answer: (question: Question, answer: Answer) => Promise<void>;
  failed: (error: unknown) => void;
}

/**
 * Asks every open question once, one after the other; a question that was answered elsewhere meanwhile, or has
 * other candidates now, is withdrawn.
 */
export function createQuestions({ ask, answer, failed }: Options): (job: JobSnapshot) => void {
  const asked = new Map<string, { rev: number; withdrawn: AbortController }>();
  let turn = Promise.resolve();

  return ({ questions, endedAt }) => {
    for (const question of questions) {
      const isOpen = question.answered === null && endedAt === null;
      const known = asked.get(question.id);
      if (isOpen && known?.rev === question.rev) continue;
      known?.withdrawn.abort();
      if (!isOpen) continue;
      const withdrawn = new AbortController();
      asked.set(question.id, { rev: question.rev, withdrawn });
      turn = turn.then(() => askOne(question, withdrawn.signal)).catch(failed);
    }
  };

  async function askOne(question: Question, withdrawn: AbortSignal): Promise<void> {
    if (withdrawn.aborted) return;
    const said = await ask(question, withdrawn);
    if (said !== null && !withdrawn.aborted) await answer(question, said);
  }
}
