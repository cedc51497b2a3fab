import type { Problem } from '../../../contract/problem.ts';
import { DiscflowError } from '../../../errors.ts';

export interface SpeechProblem extends Problem {
  readonly code: 'speech-unavailable' | 'speech-refused';
}

export function unavailable(message: string, hint: string): SpeechProblem {
  return { code: 'speech-unavailable', message, hint };
}

/** A problem as it is thrown where somebody waits for text. */
export function asError(
  { code, message, hint }: SpeechProblem,
  details: { transient?: boolean; cause?: unknown } = {},
): DiscflowError {
  return new DiscflowError(code, message, { hint, ...details });
}
