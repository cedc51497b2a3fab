import { Answer, type Question } from '../../service/contract/question.ts';
import { badInput } from '../shared/node-error.ts';

const YES = ['accept', 'yes', 'ok'];

/**
 * `msg.answer` as the contract has it: an answer object is taken as it is; "accept" takes the
 * default; the number, the id or the label of a candidate chooses it. Throws `bad-request`.
 */
export function answerOf(given: unknown, { candidates }: Question): Answer {
  const answer = Answer.safeParse(given);
  if (answer.success) return answer.data;
  const text = typeof given === 'string' || typeof given === 'number' ? plain(`${given}`) : '';
  if (YES.includes(text)) return { accept: true };
  const chosen =
    candidates.find(({ id }) => id === given) ??
    candidates.find(({ label }, index) => plain(label) === text || `${index + 1}` === text);
  if (chosen !== undefined) return { choose: chosen.id };
  const labels = candidates.map(({ label }, index) => `${index + 1} "${label}"`).join(', ');
  throw badInput(
    'msg.answer is not understood',
    `Use "accept", or one of ${labels}, or an answer object as the help of this node shows it.`,
  );
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
