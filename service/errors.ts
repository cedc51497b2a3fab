import type { Problem, ProblemCode } from './contract/problem.ts';

interface Details {
  /** What the person can do about it. */
  hint: string;
  cause?: unknown;
  /** True when trying again in a moment may help (a busy drive, a network fault). */
  transient?: boolean;
}

/** Shared by every copy of this module: what is loaded late may get a copy of its own. */
const brand = Symbol.for('discflow.error');

/**
 * The one error type of the service: a code for programs, a message and a hint for people. Known by its brand, so
 * that `instanceof` holds between copies of the module, too.
 */
export class DiscflowError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  override readonly name = 'DiscflowError';
  readonly [brand] = true;
  readonly code: ProblemCode;
  readonly hint: string;
  readonly transient: boolean;

  constructor(code: ProblemCode, message: string, { hint, cause, transient = false }: Details) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.transient = transient;
  }
}

/** The `code` of a Node.js system error ("ENOSPC"), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Any thrown value as a problem for people; an unexpected one says so and keeps its words. */
export function toProblem(error: unknown): Problem {
  if (error instanceof DiscflowError)
    return { code: error.code, message: error.message.slice(0, 2000), hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: message.slice(0, 2000),
    hint: 'This was not expected. The service log has the details; please report it with them.',
  };
}
