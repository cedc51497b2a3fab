import type { CommandLine } from './command-line.ts';
import type { Robot } from './robot.ts';
import type { Scenario } from './scenario.ts';

/** What every command works with. */
export interface RunContext {
  readonly line: CommandLine;
  readonly robot: Robot;
  readonly scenario: Scenario;
  readonly settings: ReadonlyMap<string, string>;
}

/** With an outdated program or a trial that is over. */
export const EXIT_NOT_LICENSED = 253;
