import type { ProcessLedger } from './process-ledger.ts';

export interface RunOptions {
  signal?: AbortSignal;
  /** Milliseconds without any output until the tool counts as stuck. */
  stallAfter?: number;
  /** Milliseconds until the tool is stopped in any case. */
  timeout?: number;
  /** Called for every line on standard output, without its end; what is beyond 1 MiB of a line is dropped. */
  onLine?: (line: string) => void;
  /**
   * Called instead with standard output as it comes, in bytes cut anywhere. The tool waits while a promise that is
   * returned is pending; it must not reject.
   */
  onData?: (chunk: Uint8Array) => unknown;
  /** Exit codes that are a success; only 0 unless said otherwise. */
  accept?: readonly number[];
  cwd?: string;
  /** Variables beside those of the service. */
  env?: Readonly<Record<string, string>>;
  /** Milliseconds that a tool has to end by itself once it was asked to. */
  killAfter?: number;
}

export interface RunResult {
  exitCode: number;
  /** The last lines on standard error. */
  tail: readonly string[];
}

/**
 * Throws `tool-missing`, `tool-failed`, `timeout` or `cancelled`; all name the tool and its last
 * words.
 */
export type RunTool = (
  path: string,
  args: readonly string[],
  options?: RunOptions,
) => Promise<RunResult>;

/**
 * The one way to run an external program: without a shell, in a process group of its own that is
 * stopped as a whole, and that does not outlive the service even when that is killed. Where the
 * system cannot promise the last, children are written to the ledger and ended by it at the next
 * start.
 */
export function createToolRunner({ ledger }: { ledger?: ProcessLedger } = {}): RunTool {
  return async (path, args, options = {}) => {
    // Loaded at the first tool: an idle service needs neither the code nor its memory.
    const { runTool } = await import('./run-tool.ts');
    return runTool({ path, args, options, ledger });
  };
}
