import { Problem, type ProblemCode } from '../../service/contract/problem.ts';

/**
 * The one error that nodes hand to `done`. A Catch node sees `code` in msg.error.code, and the
 * hint at the end of msg.error.message, because it copies no other property.
 */
export class NodeError extends Error {
  override readonly name = 'Discflow';
  readonly code: ProblemCode;
  readonly hint: string;

  constructor({ code, message, hint }: Problem) {
    super(hint === '' ? message : `${message}. ${hint}`);
    this.code = code;
    this.hint = hint;
  }
}

export function badInput(message: string, hint: string): NodeError {
  return new NodeError({ code: 'bad-request', message, hint });
}

/** Any thrown value as an error for `done`; an answer of the service keeps its code and hint. */
export function toNodeError(error: unknown): NodeError {
  if (error instanceof NodeError) return error;
  const problem = Problem.safeParse(error);
  if (problem.success) return new NodeError(problem.data);
  const message = error instanceof Error ? error.message : String(error);
  return new NodeError({
    code: 'internal',
    message,
    hint: 'This was not expected. Please report it with the Node-RED log.',
  });
}
