import { copyDisc } from './backup.ts';
import { parseCommandLine, UsageError } from './command-line.ts';
import { tellInfo } from './info.ts';
import { saveTitles } from './mkv.ts';
import { register } from './register.ts';
import { createRobot } from './robot.ts';
import type { RunContext } from './run-context.ts';
import { readScenario } from './scenario.ts';
import { readSettings } from './settings.ts';

const commands: Record<string, (context: RunContext) => Promise<number>> = {
  info: tellInfo,
  mkv: saveTitles,
  backup: copyDisc,
  reg: register,
};

async function main(): Promise<number> {
  const line = parseCommandLine(process.argv.slice(2));
  const command = commands[line.command];
  if (!command) throw new UsageError(`there is no command ${line.command}`);
  const scenario = readScenario();
  return command({ line, scenario, robot: createRobot(line), settings: await readSettings() });
}

try {
  process.exit(await main());
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`Use: makemkvcon [options] command parameters\n${error.message}`);
  process.exit(1);
}
