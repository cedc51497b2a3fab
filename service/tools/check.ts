import type { Problem } from '../contract/problem.ts';

/** One line of `discflow doctor`. */
export interface Check {
  readonly name: string;
  /** `warn`: works, but less well or not for everything. `missing`: what it is needed for does not work. */
  readonly status: 'ok' | 'warn' | 'missing';
  readonly where: string | null;
  readonly version: string | null;
  readonly neededFor: string;
  /** What is wrong, in a sentence; null when all is well. */
  readonly problem: string | null;
  /** What to do about it; null when all is well. */
  readonly howToGet: string | null;
}

export type Subject = Pick<Check, 'name' | 'where' | 'neededFor'> & { version?: string };
type Trouble = Pick<Problem, 'message' | 'hint'>;

/** The check of a subject, by the trouble with it. */
export function check(
  { version, ...subject }: Subject,
  trouble: Trouble | null,
  status: 'warn' | 'missing' = 'missing',
): Check {
  return {
    ...subject,
    status: trouble === null ? 'ok' : status,
    version: version ?? null,
    problem: trouble?.message ?? null,
    howToGet: trouble?.hint ?? null,
  };
}
