import { styleText } from 'node:util';
import type { Question } from '../contract/question.ts';
import type { HistoryEntry } from '../contract/request.ts';
import { toProblem } from '../errors.ts';

/** A size for people, in the units that file managers show. */
export function sizeInWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power > 1 ? 1 : 0)} ${units[power]}`;
}

/** A length in time for people: "1:42:05", "3:20". */
export function durationInWords(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => String(part).padStart(index ? 2 : 1, '0')).join(':');
}

/** What went wrong and what to do, on two lines. */
export function problemInWords(error: unknown): string {
  const { message, hint } = toProblem(error);
  return `${styleText('red', '✗')} ${message}\n  ${hint}`;
}

/** A question with its candidates, numbered; the default has a mark. */
export function questionInWords(question: Question): string {
  const candidates = question.candidates.map((candidate, index) => {
    const mark = candidate.id === question.default ? styleText('green', '›') : ' ';
    const why = candidate.evidence.map(({ says }) => says).join('; ');
    return `  ${mark} ${index + 1}. ${candidate.label}${why ? styleText('gray', `  (${why})`) : ''}`;
  });
  return [`${styleText('yellow', '?')} ${question.text}`, ...candidates].join('\n');
}

const marks: Record<string, string> = {
  completed: styleText('green', '✔'),
  failed: styleText('red', '✗'),
  cancelled: styleText('gray', '■'),
  review_needed: styleText('yellow', '?'),
  waiting: styleText('yellow', '…'),
};

/** One job on a line, with its files below. */
export function jobInWords(job: HistoryEntry): string {
  const when = new Date(job.createdAt).toLocaleString('sv-SE').slice(0, 16);
  const outcome = job.outcome ? ` (${job.outcome})` : '';
  const what = job.title ?? job.label;
  const line = `${marks[job.state] ?? '•'} ${job.id}  ${when}  ${job.state}${outcome}  ${what}`;
  const files = job.files.map((file) => `    ${file}`);
  const error = job.error ? [`    ${job.error.message} ${job.error.hint}`] : [];
  return [line, ...files, ...error].join('\n');
}
