import { mkdir } from 'node:fs/promises';
import { DiscflowError } from '../errors.ts';
import type { RunTool } from '../tools/run.ts';
import { hideKeys } from './hide-keys.ts';
import type { Limits } from './limits.ts';
import { repeat } from './repeat.ts';
import { createRobotParser, type RobotOddities } from './robot-parser.ts';
import type { MessageRecord, RobotRecord } from './robot-record.ts';
import { type Note, type RunEnding, RunLog } from './run-log.ts';
import { createStallWatch } from './stall-watch.ts';

/** The program and how it is run here. */
export interface MakeMkvProgram {
  readonly path: string;
  readonly run: RunTool;
  /** The HOME of every run: MakeMKV keeps its settings, key and downloads there. */
  readonly home: string;
  readonly limits: Limits;
  /** Told of everything that was said, after each run, however it ended. */
  readonly onEnd?: (log: RunLog) => void;
  /** Told of what was not as the grammar says, once per run. */
  readonly onOddities?: (oddities: Readonly<RobotOddities>) => void;
}

/** What a message means for the run. */
export interface Heard {
  readonly note: Note;
  /** A read error that concerns the disc. */
  readonly isDamage: boolean;
}

export interface MakeMkvRun {
  /** Command and its parameters, after the options that every run has. */
  readonly args: readonly string[];
  /** The device that is read; null for an image or folder. */
  readonly device: string | null;
  readonly signal: AbortSignal;
  readonly onRecord?: (record: RobotRecord, heard: Heard | null) => void;
  /** Called now and then, never twice at a time: bytes of output so far. What it throws ends the run. */
  readonly written?: () => Promise<number>;
  /** Told when nothing more is written for so long that somebody should know, and when it goes on. */
  readonly onQuiet?: ((isQuiet: boolean) => void) | undefined;
  /** Looks at each record; a reason stops the program. */
  readonly objection?: (record: RobotRecord) => DiscflowError | null;
}

/** How a run ended. Nothing here is a success yet: exit code 0 comes with failures, too. */
export interface MakeMkvEnd extends RunEnding {
  readonly log: RunLog;
  /** Why we stopped it. */
  readonly stopped: 'stalled' | 'message' | 'objection' | null;
  readonly objection: DiscflowError | null;
}

/** Robot mode prints no progress unless it is told where to. */
const COMMON = ['-r', '--messages=-stdout', '--progress=-same'] as const;
const ANY_EXIT_CODE = Array.from({ length: 256 }, (_, code) => code);

/**
 * Runs makemkvcon and reads what it says. It is stopped with all its children when it asks something, cannot go on,
 * hangs, or the disc is gone. Throws `cancelled` and `tool-missing`; everything else is in the result.
 */
export async function runMakeMkv(program: MakeMkvProgram, run: MakeMkvRun): Promise<MakeMkvEnd> {
  const { home, limits } = program;
  const log = new RunLog(run.device);
  const watch = createStallWatch(limits);
  const stop = new AbortController();
  const why: {
    stopped: MakeMkvEnd['stopped'];
    objection: DiscflowError | null;
    broken: unknown[];
  } = { stopped: null, objection: null, broken: [] };
  const stopFor = (reason: NonNullable<MakeMkvEnd['stopped']>) => {
    why.stopped ??= reason;
    stop.abort();
  };
  const heard = (message: MessageRecord): Heard => {
    const { note, readError } = log.take(message);
    if (note.action === 'long') watch.extend();
    if (note.action === 'stop') stopFor('message');
    return { note, isDamage: readError === 'damage' };
  };
  const parser = createRobotParser((record) => {
    watch.take(record);
    if (record.type === 'drive') log.drives.set(record.index, record);
    // Before the call: its arguments are not even looked at when nobody listens.
    const said = record.type === 'message' ? heard(record) : null;
    run.onRecord?.(record, said);
    why.objection ??= run.objection?.(record) ?? null;
    if (why.objection) stopFor('objection');
  });
  let isQuiet = false;
  const tellQuiet = (quiet: boolean) => {
    if (quiet !== isQuiet) run.onQuiet?.(quiet);
    isQuiet = quiet;
  };
  const look = async () => {
    try {
      const liveliness = watch.look((await run.written?.()) ?? 0);
      tellQuiet(liveliness === 'quiet');
      if (liveliness === 'stalled') stopFor('stalled');
    } catch (error) {
      why.broken.push(error);
      stop.abort();
    }
  };

  await mkdir(home, { recursive: true, mode: 0o700 });
  const polling = repeat(limits.poll, look);
  const ended = untilEnd(program, run, {
    stop: stop.signal,
    onData: (chunk) => parser.push(chunk),
  });
  // However it ends, a cancel included: what was told of it is over, and what it said is told.
  await Promise.allSettled([ended]);
  await polling.stop();
  tellQuiet(false);
  parser.end();
  program.onEnd?.(log);
  if (Object.values(parser.oddities).some(Boolean)) program.onOddities?.(parser.oddities);
  const ending = await ended;
  if (why.broken.length > 0) throw why.broken[0];
  const { stopped, objection } = why;
  return { ...ending, exitCode: stopped ? null : ending.exitCode, log, stopped, objection };
}

interface Watched {
  stop: AbortSignal;
  onData: (chunk: Uint8Array) => void;
}

/** Throws `cancelled` when somebody else than we wanted it to end, and `tool-missing`. */
async function untilEnd(
  { path, run: runTool, home, limits }: MakeMkvProgram,
  { args, signal }: MakeMkvRun,
  { stop, onData }: Watched,
): Promise<RunEnding> {
  try {
    const { exitCode, tail } = await runTool(path, [...COMMON, ...args], {
      signal: AbortSignal.any([signal, stop]),
      accept: ANY_EXIT_CODE,
      env: { HOME: home, LANG: 'C.UTF-8' },
      killAfter: limits.killAfter,
      onData,
    });
    return { exitCode, tail: tail.map(hideKeys) };
  } catch (error) {
    if (signal.aborted || !isEnding(error)) throw error;
    return { exitCode: null, tail: stop.aborted ? [] : [hideKeys(error.message)] };
  }
}

/** It was stopped by us, or a signal ended it. */
function isEnding(error: unknown): error is DiscflowError {
  return (
    error instanceof DiscflowError && (error.code === 'cancelled' || error.code === 'tool-failed')
  );
}
