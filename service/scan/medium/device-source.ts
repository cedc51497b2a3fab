import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getSystemErrorName } from 'node:util';
import { DiscflowError } from '../../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { SECTOR_BYTES } from './medium.ts';
import { readFailure } from './read-failure.ts';

const PROGRAM = fileURLToPath(
  new URL(`./device-reader${extname(import.meta.url)}`, import.meta.url),
);
/** The largest read that is asked for at once. */
const MOST_BYTES = 4 * 1024 * 1024;
/** A reader that is told to end is gone in this time, unless the drive holds it: then it is left behind. */
const CLOSE_MS = 2000;

interface DeviceOptions {
  /** Once aborted, every read throws the reason at once, also one that the drive does not answer. */
  signal?: AbortSignal | undefined;
  /** Asked when a read failed: whether the disc is still in the drive. */
  isStillIn?: (() => Promise<boolean>) | undefined;
}

/**
 * Random access to a drive through a process of its own, so that one that hangs holds up nothing else. Opened with
 * O_NONBLOCK, because a plain open pulls an open tray back in. Throws the errors of `readFailure`.
 */
export async function openDeviceSource(
  path: string,
  { signal, isStillIn = async () => true }: DeviceOptions = {},
): Promise<ByteSource> {
  signal?.throwIfAborted();
  const reader = startReader(path);
  try {
    const { status, bytes } = await unlessAborted(reader.next(), signal);
    if (status < 0) throw readFailure(systemError(status), path);
    const isBlockDevice = bytes[0] === 1;
    return {
      bytes: isBlockDevice ? Number.POSITIVE_INFINITY : Number.MAX_SAFE_INTEGER,
      read: (position, into, what = path) => reader.inTurn(() => fill(position, into, what)),
      close: () => reader.close(),
    };
  } catch (error) {
    await reader.close();
    throw error;
  }

  async function fill(position: number, into: Buffer, what: string): Promise<void> {
    for (let filled = 0; filled < into.length; ) {
      signal?.throwIfAborted();
      const length = Math.min(MOST_BYTES, into.length - filled);
      const { status, bytes } = await unlessAborted(reader.ask(position + filled, length), signal);
      const sector = Math.floor((position + filled) / SECTOR_BYTES);
      if (status < 0) throw await failure(status, `sector ${sector} of ${what}`);
      if (status === 0) throw await ended(sector, what);
      bytes.copy(into, filled);
      filled += bytes.length;
    }
  }

  async function failure(status: number, where: string): Promise<unknown> {
    const error = readFailure(systemError(status), where);
    const isDoubtful = error instanceof DiscflowError && error.code === 'read-error';
    return isDoubtful && !(await isStillIn()) ? removed(where) : error;
  }

  async function ended(sector: number, what: string): Promise<DiscflowError> {
    if (!(await isStillIn())) return removed(`sector ${sector} of ${what}`);
    return new DiscflowError('read-error', `${what} ends before sector ${sector}.`, {
      hint: 'The disc was not finished when it was burned, or it is damaged. Try another drive.',
    });
  }
}

interface Answer {
  /** Bytes that were read, or the negative number of the system's error. */
  status: number;
  bytes: Buffer;
}

/** The program `device-reader` as a question-and-answer machine: one question at a time. */
function startReader(path: string) {
  const child = spawn(process.execPath, [...loaders(process.execArgv), PROGRAM, path], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = answersOf(child);
  let turn: Promise<unknown> = Promise.resolve();
  const next = async (): Promise<Answer> => {
    const { value } = await answers.next();
    if (value) return value;
    throw new DiscflowError('disc-unreadable', `The reader of ${path} ended unexpectedly.`, {
      hint: 'Try again; when it happens again, look into the system log for the drive.',
      transient: true,
    });
  };
  return {
    next,
    ask(position: number, length: number): Promise<Answer> {
      const request = Buffer.alloc(16);
      request.writeDoubleLE(position, 0);
      request.writeUInt32LE(length, 8);
      child.stdin.write(request);
      return next();
    },
    inTurn<T>(work: () => Promise<T>): Promise<T> {
      const result = turn.then(work);
      turn = result.catch(() => undefined);
      return result;
    },
    async close(): Promise<void> {
      const isOver = child.exitCode !== null || child.signalCode !== null;
      const exit = isOver
        ? undefined
        : once(child, 'exit', { signal: AbortSignal.timeout(CLOSE_MS) });
      child.kill('SIGKILL');
      // One that the drive holds dies when the drive lets go of it, and keeps nobody waiting until then.
      await exit?.catch(() => child.unref());
    },
  };
}

/**
 * What makes Node.js understand our sources ("--import tsx"), and nothing else of our own arguments: a script that
 * was given by "-e" would run again instead of the reader, and start the next one.
 */
function loaders(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => (arg === '--import' ? [arg, args[index + 1] ?? ''] : []));
}

async function* answersOf({ stdout, stdin }: ChildProcess): AsyncGenerator<Answer, undefined> {
  // Writing to a reader that has died is answered by the end of its output.
  stdin?.on('error', () => undefined);
  if (!stdout) return undefined;
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = 4;
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    parts.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, held);
      const status = all.readInt32LE(0);
      wanted = 4 + Math.max(0, status);
      if (held < wanted) {
        parts = [all];
        break;
      }
      yield { status, bytes: all.subarray(4, wanted) };
      const rest = all.subarray(wanted);
      [parts, held, wanted] = [rest.length > 0 ? [rest] : [], rest.length, 4];
    }
  }
  return undefined;
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  // What is not waited for any more may still fail, and must not end the process by that.
  work.catch(() => undefined);
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function systemError(status: number): Error {
  const errno = -Math.abs(status);
  return Object.assign(new Error(`system error ${errno}`), { errno, code: nameOf(errno) });
}

/** Some numbers, such as ENOMEDIUM, have no name in Node.js. */
function nameOf(errno: number): string {
  try {
    return getSystemErrorName(errno);
  } catch {
    return `Unknown system error ${errno}`;
  }
}

function removed(where: string): DiscflowError {
  return new DiscflowError('disc-removed', `The disc is gone: ${where}.`, {
    hint: 'Put the disc back in; what was finished is kept.',
  });
}
