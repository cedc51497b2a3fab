import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { DiscflowError, systemCode } from '../errors.ts';
import { replaceDurably } from '../store/durable-file.ts';
import { unknownVariables } from './environment.ts';
import { allKeys } from './keys.ts';
import { readConfig } from './read-config.ts';
import { type Config, resolveConfig } from './resolve.ts';
import { configTemplate } from './template.ts';

const FILE_NAME = 'discflow.yaml';

interface Place {
  /** The data folder as the command line names it. */
  readonly data?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly file: string;
  /** True on the first start: the file was written just now. */
  readonly created: boolean;
  /** What is not wrong but probably not meant, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * The configuration of the data folder. A first start writes a commented one that holds the defaults,
 * and creates the image folder it names.
 * Throws `config-invalid` when the folder cannot be used, or naming every wrong key with its line.
 */
export async function loadConfig({ data, env }: Place): Promise<LoadedConfig> {
  const folder = dataFolder({ data, env });
  const file = join(folder, FILE_NAME);
  const { text, created } = await readOrCreate(folder, file);
  const config = await resolveConfig(readConfig({ file, text, env }), folder);
  if (created) await createFolders(config);
  return {
    config,
    file,
    created,
    warnings: [...(await exposed(file, text)), ...unknownVariables(env)],
  };
}

/** Where everything of a station is: `--data`, else DISCFLOW_DATA, else "discflow" in the home folder. */
export function dataFolder({ data, env }: Place): string {
  return resolve(data || env.DISCFLOW_DATA || join(homedir(), 'discflow'));
}

async function readOrCreate(folder: string, file: string) {
  try {
    return { text: await readFile(file, 'utf8'), created: false };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw unusable(file, error);
  }
  try {
    const text = configTemplate();
    await mkdir(folder, { recursive: true });
    await replaceDurably(file, text);
    return { text, created: true };
  } catch (error) {
    throw unusable(file, error);
  }
}

async function createFolders({ drives }: Config): Promise<void> {
  for (const { folder } of drives) await mkdir(folder, { recursive: true });
}

async function exposed(file: string, text: string): Promise<string[]> {
  const { mode } = await stat(file);
  const readable = process.platform !== 'win32' && (mode & 0o077) !== 0;
  if (!readable) return [];
  const document = parseDocument(text);
  const secrets = allKeys().filter(
    ({ note, name, path }) => note.secret && name !== 'url' && document.hasIn(path),
  );
  return secrets.map(
    ({ path }) => `Other users can read ${path.join('.')} in ${file}: run "chmod 600 ${file}"`,
  );
}

function unusable(file: string, cause: unknown): DiscflowError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DiscflowError(
    'config-invalid',
    `The configuration ${file} cannot be used: ${reason}`,
    {
      hint: 'Choose a folder that you may write to with --data or DISCFLOW_DATA.',
      cause,
    },
  );
}
