import { basename } from 'node:path';
import { DiscflowError } from '../errors.ts';
import type { StopReason } from './group-guard.ts';

/** Lines of a tool's output that go into a message for people. */
const LINES_IN_MESSAGE = 5;

interface Failure {
  path: string;
  tail: readonly string[];
}

/** Messages name the program, never its arguments: these may hold what is private. */
export function toolFailed({
  path,
  exitCode,
  signal,
  tail,
}: Failure & {
  exitCode: number | undefined;
  signal: NodeJS.Signals | undefined;
}): DiscflowError {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${exitCode ?? 'unknown'}`;
  return new DiscflowError('tool-failed', `${basename(path)} ${how}${lastWords(tail)}`, {
    hint: `"discflow doctor" shows which ${basename(path)} is used and whether it works.`,
  });
}

export function toolMissing(path: string): DiscflowError {
  return new DiscflowError(
    'tool-missing',
    `${basename(path)} cannot be run: ${path}, or a library that it needs, is not there`,
    {
      hint: '"discflow doctor" lists every program with the way to get it.',
    },
  );
}

export function toolStopped({ path, reason, tail }: Failure & { reason: StopReason }) {
  const name = basename(path);
  if (reason === 'cancelled')
    return new DiscflowError('cancelled', `${name} was cancelled`, {
      hint: 'Start it again with retry.',
    });
  const why = reason === 'stalled' ? 'gave no sign of life' : 'took too long';
  return new DiscflowError('timeout', `${name} ${why} and was stopped${lastWords(tail)}`, {
    hint: 'A busy disk or drive may be the cause; it is worth trying again.',
    transient: true,
  });
}

function lastWords(tail: readonly string[]): string {
  return tail.length === 0 ? '' : `: ${tail.slice(-LINES_IN_MESSAGE).join(' / ')}`;
}
