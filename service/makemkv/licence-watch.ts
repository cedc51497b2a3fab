import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { type Problem, stationWideCodes } from '../contract/problem.ts';
import { toProblem } from '../errors.ts';
import { replaceDurably } from '../store/durable-file.ts';
import { codes } from './messages.ts';
import { repeat } from './repeat.ts';
import type { RunLog } from './run-log.ts';

interface LicenceWatchOptions {
  /** Of MakeMKV. */
  home: string;
  /** Another text as soon as there is another key or another program. */
  mark: () => Promise<string>;
  /** Null when there is no MakeMKV. */
  probe: (options: { signal: AbortSignal }) => Promise<RunLog | null>;
  onProblem: (name: string, problem: Problem | null) => void;
  log: Pick<Logger, 'info' | 'warn'>;
  lookMs?: number;
  clock?: () => number;
}

export interface LicenceWatch {
  start(): void;
  stop(): Promise<void>;
  /** Whatever MakeMKV said in a run may tell of its licence. */
  heard(log: RunLog): void;
}

const LOOK_MS = 5000;
const DAY_MS = 24 * 60 * 60_000;
/** A week and a weekend to get a new key in. */
const WARN_DAYS = 10;

/**
 * Looks after key and version at the start, once a day, and when one of them is another: early warnings, and what is
 * wrong already. It never holds up a disc, and a check that fails changes nothing.
 */
export function createLicenceWatch(options: LicenceWatchOptions): LicenceWatch {
  const { home, mark, probe, onProblem, log, lookMs = LOOK_MS, clock = Date.now } = options;
  const stopping = new AbortController();
  let checked = { mark: '', at: 0 };
  let looking: ReturnType<typeof repeat> | undefined;

  async function look(): Promise<void> {
    const now = await mark();
    if (now === checked.mark && clock() - checked.at < DAY_MS) return;
    checked = { mark: now, at: clock() };
    onProblem('makemkv-newer', null);
    try {
      const said = await probe({ signal: stopping.signal });
      onProblem('makemkv', said && licenceProblem(said));
      if (said) log.info({ version: said.version }, 'MakeMKV was found');
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.warn(toProblem(error), 'MakeMKV could not be asked for its version');
    }
  }

  async function tellOfNewer(version: string): Promise<void> {
    const file = join(home, 'told-version');
    const told = await readFile(file, 'utf8').catch(() => '');
    if (told.trim() === version) return;
    onProblem('makemkv-newer', newerVersion(version));
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await replaceDurably(file, `${version}\n`);
  }

  return {
    start() {
      looking = repeat(lookMs, () =>
        look().catch((error) =>
          log.warn({ err: error }, 'the key of MakeMKV could not be looked at'),
        ),
      );
      looking.now();
    },
    async stop() {
      stopping.abort();
      await looking?.stop();
    },
    heard(said) {
      const newer = said.notes('note').find(({ code }) => code === codes.newerVersion)?.params[0];
      if (newer) tellOfNewer(newer).catch((error) => log.warn({ err: error }, 'not remembered'));
      if (said.opened) onProblem('makemkv-trial', trialProblem(said));
    },
  };
}

/** What is wrong with key or version by the program's own words. */
export function licenceProblem(said: RunLog): Problem | null {
  const wrong = said
    .notes('attention', 'fail-job')
    .find(({ problem }) => problem && stationWideCodes.has(problem.code));
  return wrong?.problem ? { ...wrong.problem, message: wrong.says } : null;
}

function trialProblem(said: RunLog): Problem | null {
  const note = said.notes('note').find(({ code }) => code === codes.trialDays);
  if (!note?.problem || Number(note.params[0]) > WARN_DAYS) return null;
  return { code: 'makemkv-key-ending', message: note.says, hint: note.problem.hint };
}

function newerVersion(version: string): Problem {
  return {
    code: 'makemkv-newer',
    message: `There is a newer MakeMKV: ${version}`,
    hint: 'Update it when it suits you, from https://www.makemkv.com/download/: new keys and new discs may need it.',
  };
}
