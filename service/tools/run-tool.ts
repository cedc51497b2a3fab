import type { Readable } from 'node:stream';
import { execa, type Result } from 'execa';
import { createGroupGuard, type StopReason } from './group-guard.ts';
import { createLineReader } from './line-reader.ts';
import { findParentDeathPrefix } from './parent-death.ts';
import type { ProcessLedger } from './process-ledger.ts';
import type { RunOptions, RunResult } from './run.ts';
import { toolFailed, toolMissing, toolStopped } from './tool-errors.ts';

/** Reports as JSON can have long lines; what is longer is no report. */
const LONGEST_LINE_BYTES = 1024 * 1024;
const LONGEST_ERROR_BYTES = 64 * 1024;
const TAIL_LINES = 10;
const TAIL_LINE_LENGTH = 300;
/** What `setpriv` ends with when the program behind it does not exist, like a shell. */
const NOT_FOUND_EXIT = 127;

/** The same for the life of the process. */
let parentDeathPrefix: Promise<readonly string[]> | undefined;

interface Run {
  path: string;
  args: readonly string[];
  options: RunOptions;
  ledger: ProcessLedger | undefined;
}

/** What `RunTool` promises; see there. */
export async function runTool({ path, args, options, ledger }: Run): Promise<RunResult> {
  if (options.signal?.aborted) throw toolStopped({ path, reason: 'cancelled', tail: [] });
  parentDeathPrefix ??= findParentDeathPrefix();
  const prefix = await parentDeathPrefix;
  const [file = path, ...rest] = [...prefix, path, ...args];
  const child = execa(file, rest, {
    detached: true,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    // Output is read by programs: one language, and names in UTF-8.
    env: { LC_ALL: 'C.UTF-8', ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  const guard = createGroupGuard(child.pid, options);
  const tail: string[] = [];
  child.stdout.on('data', guard.alive);
  child.stderr.on('data', guard.alive);
  const { onData, onLine } = options;
  const output =
    onLine &&
    createLineReader(LONGEST_LINE_BYTES, (line, dropped) => {
      if (dropped > 0) keepTail(tail, `(a line of its output was cut by ${dropped} bytes)`);
      onLine(line);
    });
  const errors = createLineReader(LONGEST_ERROR_BYTES, (line) => keepTail(tail, line));
  const read = onData ?? output?.push;
  if (read) takeData(child.stdout, read);
  child.stderr.on('data', errors.push);
  const forget = prefix.length === 0 ? await ledger?.record(child.pid) : undefined;
  const result = await child;
  output?.end();
  errors.end();
  guard.end();
  await forget?.();
  return judge({ path, options, tail, reason: guard.reason(), wrapped: prefix.length > 0, result });
}

/** While somebody is busy with a chunk the pipe fills, and the tool waits. */
function takeData(stdout: Readable, onData: NonNullable<RunOptions['onData']>): void {
  stdout.on('data', (chunk: Uint8Array) => {
    const busy = onData(chunk);
    if (!(busy instanceof Promise)) return;
    stdout.pause();
    void busy.finally(() => stdout.resume());
  });
}

interface Ending {
  path: string;
  options: RunOptions;
  tail: readonly string[];
  reason: StopReason | undefined;
  wrapped: boolean;
  result: Pick<Result, 'exitCode' | 'signal' | 'code'>;
}

function judge({ path, options, tail, reason, wrapped, result }: Ending): RunResult {
  if (reason) throw toolStopped({ path, reason, tail });
  const { exitCode, signal, code } = result;
  if (code === 'ENOENT' || code === 'EACCES' || (wrapped && exitCode === NOT_FOUND_EXIT))
    throw toolMissing(path);
  if (exitCode === undefined || !(options.accept ?? [0]).includes(exitCode))
    throw toolFailed({ path, exitCode, signal, tail });
  return { exitCode, tail };
}

function keepTail(tail: string[], line: string): void {
  // A progress that is written over itself ends with a CR; what comes last is the news.
  const words = line.slice(line.lastIndexOf('\r') + 1);
  if (words.trim() === '') return;
  tail.push(words.slice(0, TAIL_LINE_LENGTH));
  if (tail.length > TAIL_LINES) tail.shift();
}
