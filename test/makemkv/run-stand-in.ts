import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseRobotLine, type RobotLine } from '../../service/makemkv/robot-line.ts';
import { installStandIn } from './install.ts';
import type { ScenarioInput } from './scenario.ts';

export interface StandInRun {
  readonly lines: readonly RobotLine[];
  readonly text: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** It had to be ended, because it waited for something. */
  readonly stuck: boolean;
}

interface Options {
  scenario?: ScenarioInput;
  home?: string;
  env?: Readonly<Record<string, string>>;
  /** Start of the line after which it should end soon, and counts as stuck when it does not. */
  stuckAt?: string;
}

const SOON_MS = 500;

/** Runs the stand-in once, with a HOME and a scenario of its own. */
export async function runStandIn(
  args: readonly string[],
  { scenario = {}, home, stuckAt, env = {} }: Options = {},
): Promise<StandInRun> {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
  try {
    const program = await installStandIn({ folder, scenario });
    const child = execa(program, args, { env: { HOME: home ?? folder, ...env }, reject: false });
    let stuck = false;
    const end = () => {
      stuck = true;
      child.kill('SIGKILL');
    };
    for await (const line of child)
      if (stuckAt !== undefined && line.startsWith(stuckAt)) setTimeout(end, SOON_MS).unref();
    const { stdout, stderr, exitCode, signal } = await child;
    const lines = stdout.split('\n').flatMap((line) => parseRobotLine(line) ?? []);
    return { text: stdout, lines, stderr, exitCode, signal: stuck ? undefined : signal, stuck };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
