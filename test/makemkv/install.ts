import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ScenarioInput } from './scenario.ts';

export const standIn = fileURLToPath(new URL('../bin/makemkvcon', import.meta.url));

interface Installation {
  /** Gets `makemkvcon` and its scenario. */
  folder: string;
  scenario?: ScenarioInput;
  /** 1: as slow as a real drive; 0: no waiting. */
  pace?: number;
}

/**
 * A `makemkvcon` of its own for a test, with what is to happen built in. Installing it again
 * replaces the program, as an update of the real one does. Returns its path.
 */
export async function installStandIn({ folder, scenario = {}, pace = 0 }: Installation) {
  await mkdir(folder, { recursive: true });
  await setScenario(folder, scenario);
  const program = join(folder, 'makemkvcon');
  const text = `#!/bin/sh
echo "$@" >> '${callsOf(folder)}'
export STANDIN_SCENARIO='${scenarioOf(folder)}' STANDIN_PACE=${pace}
exec '${standIn}' "$@"
`;
  await writeFile(`${program}.new`, text);
  await chmod(`${program}.new`, 0o755);
  await rename(`${program}.new`, program);
  return program;
}

/** What is to happen from the next start of an installed stand-in on. */
export async function setScenario(folder: string, scenario: ScenarioInput): Promise<void> {
  await writeFile(`${scenarioOf(folder)}.new`, JSON.stringify(scenario));
  await rename(`${scenarioOf(folder)}.new`, scenarioOf(folder));
}

/** The command lines of every start so far. */
export async function callsTo(folder: string): Promise<string[]> {
  const text = await readFile(callsOf(folder), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

function callsOf(folder: string): string {
  return join(folder, 'calls');
}

function scenarioOf(folder: string): string {
  return join(folder, 'scenario.json');
}
