/** Where records go; `same` for progress: where messages go. */
export type Destination = 'stdout' | 'stderr' | 'null' | { readonly file: string };

export interface CommandLine {
  readonly robot: boolean;
  readonly messages: Destination;
  /** Null: no progress at all, which is the default in robot mode, too. */
  readonly progress: Destination | null;
  /** Seconds; null: what the settings say. */
  readonly minLength: number | null;
  readonly noScan: boolean;
  readonly directAccess: boolean;
  readonly decrypt: boolean;
  readonly command: string;
  readonly parameters: readonly string[];
}

/** What the program answers with its usage on standard error and exit code 1. */
export class UsageError extends Error {}

interface Draft {
  robot: boolean;
  messages: Destination;
  progress: Destination | null;
  minLength: number | null;
  noScan: boolean;
  directAccess: boolean;
  decrypt: boolean;
}

const switches: Record<string, (draft: Draft) => void> = {
  '-r': (draft) => {
    draft.robot = true;
  },
  '--robot': (draft) => {
    draft.robot = true;
  },
  '--noscan': (draft) => {
    draft.noScan = true;
  },
  '--decrypt': (draft) => {
    draft.decrypt = true;
  },
  '--debug': () => undefined,
};

const valued: Record<string, (draft: Draft, value: string) => void> = {
  '--messages': (draft, value) => {
    draft.messages = destination(value);
  },
  '--progress': (draft, value) => {
    draft.progress = value === '-same' ? draft.messages : destination(value);
  },
  '--minlength': (draft, value) => {
    draft.minLength = wholeNumber(value);
  },
  '--cache': (_, value) => void wholeNumber(value),
  '--directio': (draft, value) => {
    draft.directAccess = value === 'true';
  },
  '--profile': () => undefined,
  '--debug': () => undefined,
};

/** Options come before the command, and are refused when unknown. Throws `UsageError`. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const draft: Draft = {
    robot: false,
    messages: 'stdout',
    progress: null,
    minLength: null,
    noScan: false,
    directAccess: true,
    decrypt: false,
  };
  const count = args.findIndex((arg) => !arg.startsWith('-'));
  for (const option of args.slice(0, count === -1 ? args.length : count)) apply(option, draft);
  const [command = '', ...parameters] = count === -1 ? [] : args.slice(count);
  if (command === '') throw new UsageError('a command is missing');
  return { ...draft, command, parameters };
}

function apply(option: string, draft: Draft): void {
  const equals = option.indexOf('=');
  const known =
    equals === -1
      ? switches[option]
      : (target: Draft) => valued[option.slice(0, equals)]?.(target, option.slice(equals + 1));
  if (!known || (equals !== -1 && !valued[option.slice(0, equals)]))
    throw new UsageError(`unknown option ${option}`);
  known(draft);
}

function destination(value: string): Destination {
  if (value === '-stdout' || value === '-stderr' || value === '-null')
    return value === '-null' ? 'null' : value === '-stdout' ? 'stdout' : 'stderr';
  return { file: value };
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new UsageError(`${value} is not a number`);
  return Number(value);
}
