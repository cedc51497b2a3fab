import type { Question } from '../contract/question.ts';
import type { Paint } from './paint.ts';
import { printable } from './words.ts';

/** A question with its candidates, numbered; the default has a mark. */
export function questionInWords(question: Question, paint: Paint): string {
  const candidates = question.candidates.map((candidate, index) => {
    const isDefault = candidate.id === question.default;
    const why = candidate.evidence
      .filter(({ says }) => !candidate.label.includes(says))
      .map(({ says }) => `\n       ${printable(says)}`)
      .join('');
    const mark = isDefault ? paint('green', '›') : ' ';
    return `  ${mark} ${index + 1}. ${printable(candidate.label)}${paint('gray', why)}`;
  });
  return [`${paint('yellow', '?')} ${printable(question.text)}`, ...candidates].join('\n');
}
