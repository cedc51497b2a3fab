import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../../service/contract/problem.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../service/makemkv/limits.ts';
import type { ScenarioInput } from '../../makemkv/scenario.ts';
import type { Ripped } from '../rip/rip-disc.ts';
import type { StandInStation } from './stand-in-station.ts';

/** One way to fail, made to happen by the stand-in. */
interface Failure {
  readonly what: string;
  readonly scenario?: ScenarioInput;
  /** Without it there is none. */
  readonly key?: string;
  /** Something else than the program is in the way. */
  readonly also?: 'no space' | 'no program' | 'a program that does not run';
}

/** Long enough for a program to start on a busy machine; hours with a real drive. */
export const IMPATIENT: Limits = {
  ...DEFAULT_LIMITS,
  silence: 20_000,
  open: 20_000,
  stall: 20_000,
  leastGrowth: 64 * 1024,
  killAfter: 500,
  poll: 50,
};

const WANTED = [3, 4];
const on = { title: 3 };
const fault = (kind: NonNullable<ScenarioInput['faults']>[number]['kind']): ScenarioInput => ({
  faults: [{ kind, on: {} }],
});
const inOneTitle = (kind: NonNullable<ScenarioInput['faults']>[number]['kind']): ScenarioInput => ({
  faults: [{ kind, on }],
});
const trialOver = { trial: 'over' as const, dvdIsFree: false };
const KEY = `T-${'k'.repeat(60)}`;

/** Every way to fail that the stand-in knows, by what is in the way: the licence, the drive, the disc, the program. */
export const failures: readonly Failure[] = [
  { what: 'Nothing is wrong', scenario: {} },
  { what: 'MakeMKV is not installed', also: 'no program' },
  { what: 'MakeMKV does not run: a library is missing', also: 'a program that does not run' },
  { what: 'The trial is over and there is no key (5055)', scenario: { licence: trialOver } },
  {
    what: 'The trial is over, but DVDs cost nothing (5052)',
    scenario: { licence: { trial: 'over' } },
  },
  {
    what: 'The trial was never started (5056)',
    scenario: { licence: { ...trialOver, trial: 'not-started' } },
  },
  {
    what: 'The beta key has run out (5073)',
    key: KEY,
    scenario: { licence: { ...trialOver, expiredKeys: [KEY] } },
  },
  {
    what: 'The key is not valid (5020)',
    key: KEY,
    scenario: { licence: { ...trialOver, goodKeys: [] } },
  },
  { what: 'The program is too old (5021)', scenario: { program: { tooOld: true } } },
  {
    what: 'The key is too new for the program (5021)',
    key: KEY,
    scenario: { licence: { tooNewKeys: [KEY] } },
  },
  { what: 'No drive is found (5042)', scenario: fault('no-drive') },
  { what: 'The drive may not be used (2016)', scenario: fault('no-access') },
  { what: 'The region of the drive is another (3032 for ever)', scenario: fault('region') },
  { what: 'The drive is not made for UHD (3346)', scenario: fault('libredrive') },
  { what: 'The keys of a new disc are not known yet (3303)', scenario: fault('volume-key') },
  { what: 'Nothing on the disc can be read (2003, 5010)', scenario: fault('unreadable') },
  { what: 'No title can be opened (5008)', scenario: fault('no-titles') },
  { what: 'Opening the disc hangs', scenario: fault('hang') },
  { what: 'Read errors in one title (2003, 5003, 5037)', scenario: inOneTitle('read-errors') },
  { what: 'Read errors in every title', scenario: fault('read-errors') },
  { what: 'The disc is taken out while it is read', scenario: inOneTitle('removed') },
  { what: 'Reading stops without a word', scenario: inOneTitle('stall-silent') },
  { what: 'Reading stops, and the program goes on talking', scenario: inOneTitle('stall-talking') },
  { what: 'Reading only drips', scenario: inOneTitle('drip') },
  { what: 'The program crashes in a title (SIGSEGV)', scenario: inOneTitle('crash') },
  { what: 'The program is killed in a title', scenario: inOneTitle('killed') },
  { what: 'The program crashes in every title', scenario: fault('crash') },
  { what: 'A file is too short, and success is told', scenario: inOneTitle('truncated') },
  { what: 'A file is not there, and success is told', scenario: inOneTitle('missing') },
  { what: 'It ends with exit code 0 and does nothing', scenario: fault('lies') },
  { what: 'All titles have one name', scenario: { names: 'equal' } },
  { what: 'The numbers in the names have gaps', scenario: { names: 'gaps' } },
  {
    what: 'It asks about free space (5038)',
    scenario: { faults: [{ kind: 'question', code: 5038 }] },
  },
  { what: 'It asks about a file (5001)', scenario: { faults: [{ kind: 'question', code: 5001 }] } },
  { what: 'A file cannot be written (2018)', scenario: fault('write-error') },
  { what: 'A file cannot be made (2019)', scenario: fault('create-error') },
  { what: 'There is no space in staging', also: 'no space' },
];

export interface FailureRow {
  readonly what: string;
  /** How the job ends, or what becomes of it. */
  readonly end: 'complete' | 'partial' | 'waits' | 'fails';
  /** Titles that did not arrive, of those that were wanted. */
  readonly lost: string;
  /** What people read; null when there is nothing to say. */
  readonly problem: Problem | null;
}

/** Makes it happen, and tells what becomes of the job. */
export async function happen(
  station: StandInStation,
  { what, scenario = {}, key, also }: Failure,
): Promise<FailureRow> {
  await rm(station.staging, { recursive: true, force: true });
  const program = join(station.folder, 'program', 'makemkvcon');
  await station.giveKey(key ?? null);
  const known = also === 'no space' ? { freeSpace: async () => 0 } : {};
  if (also === 'no program') await rm(program);
  if (also === 'a program that does not run') await station.replaceProgram('#!/bin/sh\nexit 127\n');
  try {
    return rowOf(what, await station.rip(WANTED, scenario, known));
  } finally {
    if (also !== undefined) await station.replaceProgram(null);
  }
}

function rowOf(what: string, { result, job }: Ripped): FailureRow {
  const wanted = job.titles.filter((title) => title.wanted);
  const lost = wanted.filter(({ state }) => state !== 'ripped');
  const count = lost.length === 0 ? '' : `${lost.length} of ${wanted.length}`;
  const row = { what, lost: count };
  switch (result.end) {
    case 'blocked': {
      const { code, cause: message, hint } = result;
      return { ...row, end: 'waits', problem: plain({ code, message, hint }) };
    }
    case 'failed':
      return { ...row, end: 'fails', problem: plain(result.problem) };
    case 'done': {
      const error = lost.find((title) => title.error)?.error ?? null;
      return {
        ...row,
        end: lost.length > 0 ? 'partial' : 'complete',
        problem: error && plain(error),
      };
    }
  }
}

/** Without what is other on each machine and in each run. */
function plain({ code, message, hint }: Problem): Problem {
  return { code, message: settle(message), hint: settle(hint) };
}

function settle(text: string): string {
  return text
    .replace(/\/\S*\/staging\/[0-9A-Z]{26}/g, '<staging>')
    .replace(/\/\S*\/staging\b/g, '<staging>')
    .replace(/\/\S*\/(SCRAMBLED\.iso|makemkvcon)/g, '<path>/$1')
    .replace(/(?<=at byte )\d+|\d+(?= (MB are free|bytes))|(?<=title on the disc has )\d+/g, 'N');
}

/** The table as a page. */
export function failuresPage(rows: readonly FailureRow[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return [
    '# What happens when MakeMKV fails',
    '',
    'Each row was made to happen by a stand-in for MakeMKV and read off the job; `npm run docs:failures`',
    'does it again. Two titles of an encrypted DVD were wanted each time. `<staging>` is the folder of',
    'the job, N a number that is another one each time.',
    '',
    '- **complete**: every title arrived. **partial**: the others arrived; what is missing is read when the',
    '  disc comes again, in any drive. **waits**: it goes on by itself when the hint was followed; the disc',
    '  stays in, other drives and unencrypted discs go on. **fails**: after the hint was followed,',
    '  `discflow retry` tries again, and so does putting the disc in again.',
    '',
    '| what is wrong | the job | lost | code | what the user reads | what to do |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ what, end, lost, problem }) => {
      const { code, message, hint } = problem ?? { code: '', message: '', hint: '' };
      const cells = [what, end, lost, code && `\`${code}\``, message, hint];
      return `| ${cells.map(cell).join(' | ')} |`;
    }),
    '',
  ].join('\n');
}
