import type { ProblemCode } from '../contract/problem.ts';
import { DiscflowError } from '../errors.ts';
import { hideKeys } from './hide-keys.ts';
import { codes, isQuestion, type MessageKind, messageKind } from './messages.ts';
import { type ReadErrorKind, readErrorKind } from './read-errors.ts';
import type { DriveRecord, MessageRecord } from './robot-record.ts';

/** Messages repeat thousands of times on a damaged disc: of each code so many are kept. */
const KEPT_OF_A_CODE = 20;
const PARAM_LENGTH = 300;

/** Something that MakeMKV said, in our words. */
export interface Note {
  readonly code: number;
  readonly action: MessageKind['action'];
  readonly says: string;
  readonly params: readonly string[];
  readonly problem: MessageKind['problem'];
}

/** How a run ended by its own word. */
export interface SaveResult {
  saved: number;
  failed: number;
}

/** What may be told of a run when it has failed. */
export interface RunEnding {
  /** Null when it crashed or was stopped by us. */
  exitCode: number | null;
  /** Its last words on standard error. */
  tail: readonly string[];
}

/** Everything that MakeMKV said in one run, as far as it matters for the end. */
export class RunLog {
  version: string | null = null;
  opened = false;
  result: SaveResult | null = null;
  readonly drives = new Map<number, DriveRecord>();
  readonly #notes: Note[] = [];
  readonly #overcome = new Set<Note>();
  readonly #counts = new Map<number, number>();
  readonly #device: string | null;

  /** @param device the device that is read, null for an image or folder */
  constructor(device: string | null) {
    this.#device = device;
  }

  /** Notes a message. @returns what it means, and for a read error which kind */
  take(message: MessageRecord): { note: Note; readError: ReadErrorKind | null } {
    const readError = this.#readErrorOf(message);
    const note = noteOf(message, readError);
    const { code, params } = message;
    const count = (this.#counts.get(code) ?? 0) + 1;
    if (readError !== 'harmless' && readError !== 'foreign') {
      this.#counts.set(code, count);
      if (count <= KEPT_OF_A_CODE) this.#notes.push(note);
    }
    if (code === codes.started) this.version = versionOf(params[0] ?? '');
    if (code === codes.opened) this.#gotOver();
    if (code === codes.savedEvent || code === codes.saved)
      this.result = { saved: Number(params[0]) || 0, failed: 0 };
    if (code === codes.savedSomeEvent || code === codes.savedSome)
      this.result = { saved: Number(params[0]) || 0, failed: Number(params[1]) || 0 };
    return { note, readError };
  }

  /** How often a code came, read errors of other drives and harmless ones left out. */
  count(code: number): number {
    return this.#counts.get(code) ?? 0;
  }

  has(...wanted: readonly number[]): boolean {
    return wanted.some((code) => this.count(code) > 0);
  }

  notes(...actions: readonly Note['action'][]): Note[] {
    return this.#notes.filter(({ action }) => actions.includes(action));
  }

  /**
   * Why the run failed: what a person can do something about comes first, the general "it failed" last. Names the
   * exit code and the last result, too, because a report without them helps nobody.
   */
  failure(
    what: string,
    { exitCode, tail }: RunEnding,
    otherwise: NonNullable<MessageKind['problem']> = silent,
  ): DiscflowError {
    const reasons = this.#reasons();
    const [reason] = reasons;
    const end = exitCode === null ? 'it was ended' : `exit code ${exitCode}`;
    // What it still said while it was being stopped explains nothing, and depends on how fast it went.
    const telling = reason?.action === 'stop' ? reasons.slice(0, 1) : reasons.slice(0, 3);
    const said = new Set(telling.map(({ code }) => code));
    const details = [end, ...Array.from(said, (code) => `MSG ${code}`)].join(', ');
    const words = tail.length === 0 ? '' : `: ${hideKeys(tail.slice(-3).join(' / '))}`;
    const message = `${what}. ${reason?.says ?? 'MakeMKV did not say why.'} (${details})${words}`;
    return new DiscflowError((reason?.problem ?? otherwise).code, message.slice(0, 1900), {
      hint: (reason?.problem ?? otherwise).hint,
    });
  }

  /** What was in the way of opening the disc was not, after all. */
  #gotOver(): void {
    this.opened = true;
    for (const note of this.#notes) if (note.action === 'attention') this.#overcome.add(note);
  }

  #reasons(): Note[] {
    const able = this.#notes.filter(
      (note) =>
        note.problem !== undefined &&
        !this.#overcome.has(note) &&
        (note.action !== 'note' || !licence.has(note.problem.code)),
    );
    return able.toSorted((a, b) => rank(a) - rank(b));
  }

  #readErrorOf(message: MessageRecord): ReadErrorKind | null {
    if (message.code !== codes.readError) return null;
    return readErrorKind(message, this.drives.values(), this.#device);
  }
}

const silent = {
  code: 'tool-failed',
  hint: 'Retry; if it stays, run "discflow doctor", and try the disc in another drive or update MakeMKV.',
} as const;

/** 5010 and the like say that it failed, and never why. */
const general: ReadonlySet<number> = new Set([
  5010,
  5008,
  5006,
  5003,
  ...codes.backupFailed,
  ...codes.backupDamaged,
]);
const licence: ReadonlySet<ProblemCode> = new Set(['makemkv-key', 'makemkv-outdated']);

/** What is left to say of a run that we stopped because nothing moved, when it said nothing itself. */
export const hung = {
  code: 'timeout',
  hint: 'Clean the disc and retry, or try it in another drive.',
} as const;

/** What happened to a key comes before its consequence, that nothing but the trial is left. */
const badKey: ReadonlySet<number> = new Set([5020, 5022, 5073, 5095]);

function rank({ code, action, problem }: Note): number {
  if (action === 'stop') return 0;
  if (general.has(code)) return 7;
  if (action === 'fail-job') return problem?.code === 'makemkv-key' ? 3 : 1;
  if (badKey.has(code)) return 2;
  if (action === 'attention') return problem && licence.has(problem.code) ? 3 : 5;
  if (action === 'cause') return 4;
  return 6;
}

function noteOf(message: MessageRecord, readError: ReadErrorKind | null): Note {
  const { code, params } = message;
  if (readError === 'removed')
    return { code, action: 'stop', says: gone.says, params: [], problem: gone.problem };
  const kind = messageKind(code);
  const action = isQuestion(message) ? 'stop' : (kind?.action ?? 'log');
  const says = kind ? fill(kind.says, params) : `MakeMKV said something new (${code}).`;
  const problem = kind?.problem ?? (action === 'stop' ? unknownQuestion : undefined);
  return { code, action, says, params: params.map(shownParam), problem };
}

const gone = {
  says: 'The disc was taken out.',
  problem: {
    code: 'disc-removed',
    hint: 'Put the disc back in, in this or another drive; what was finished is kept.',
  },
} as const;

const unknownQuestion = {
  code: 'makemkv-question',
  hint: 'MakeMKV asked something that Discflow does not know. Update Discflow, or rip this disc with MakeMKV by hand.',
} as const;

function fill(says: string, params: readonly string[]): string {
  return says.replace(/%(\d)/g, (_, number) => shownParam(params[Number(number) - 1] ?? '?'));
}

function shownParam(param: string): string {
  return hideKeys(param.slice(0, PARAM_LENGTH));
}

/** "MakeMKV v1.18.3 linux(x64-release)" */
function versionOf(text: string): string | null {
  return /v(\d+(?:\.\d+)+)/.exec(text)?.[1] ?? null;
}
