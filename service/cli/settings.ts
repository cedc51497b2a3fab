import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../config/load-config.ts';
import { readConfig } from '../config/read-config.ts';
import { type Config, resolveConfig } from '../config/resolve.ts';
import { DiscflowError, systemCode } from '../errors.ts';

export interface Settings {
  config: Config;
  file: string;
  /** False when the defaults are used because there is no file. */
  written: boolean;
}

/**
 * The configuration as it is, or the defaults without one: only `serve` writes a first one.
 * Throws `config-invalid`.
 */
export async function readSettings(data: string | undefined): Promise<Settings> {
  const { env } = process;
  const folder = dataFolder({ data, env });
  const file = join(folder, 'discflow.yaml');
  const text = await readIfThere(file);
  const values = readConfig({ file, text: text ?? '', env });
  return { config: await resolveConfig(values, folder), file, written: text !== null };
}

/** Where `discflow run` keeps its own jobs, apart from those of the service. */
export function runState({ state }: Config): string {
  return join(state, 'run');
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null;
    throw new DiscflowError('config-invalid', `The configuration ${file} cannot be read`, {
      hint: 'Check the path given with --data or DISCFLOW_DATA, and that you may read the file.',
      cause,
    });
  }
}
