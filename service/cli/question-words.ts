import type { Candidate, Question } from '../contract/question.ts';
import type { Paint } from './paint.ts';
import { printable } from './words.ts';

/** A question with its candidates, numbered; the default has a mark. What speaks for all of them is said once. */
export function questionInWords(question: Question, paint: Paint): string {
  const common = commonWords(question.candidates);
  const candidates = question.candidates.map((candidate, index) => {
    const why = wordsOf(candidate).filter((says) => !common.includes(says));
    const mark = candidate.id === question.default ? paint('green', '›') : ' ';
    const choice = `  ${mark} ${index + 1}. ${printable(candidate.label)}`;
    return [choice, ...inGray(why, { indent: 7, paint })].join('\n');
  });
  return [
    `${paint('yellow', '?')} ${printable(question.text)}`,
    ...inGray(common, { indent: 4, paint }),
    ...candidates,
  ].join('\n');
}

/**
 * What every candidate has; of the disc's structure, which is the same whatever the disc is called, what several
 * have. What speaks for the only candidate stands with it.
 */
function commonWords(candidates: readonly Candidate[]): string[] {
  if (candidates.length < 2) return [];
  const all = candidates.flatMap((candidate) => candidate.evidence);
  const said = candidates.map(wordsOf);
  const common = all.filter(({ source, says }) => {
    const having = said.filter((words) => words.includes(says)).length;
    return having === candidates.length || (source === 'structure' && having > 1);
  });
  return [...new Set(common.map(({ says }) => says))];
}

function wordsOf({ label, evidence }: Candidate): string[] {
  return evidence.map(({ says }) => says).filter((says) => !label.includes(says));
}

function inGray(texts: readonly string[], { indent, paint }: { indent: number; paint: Paint }) {
  return texts.map((text) => paint('gray', ' '.repeat(indent) + printable(text)));
}
