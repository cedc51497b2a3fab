import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Config } from '../../config/resolve.ts';
import type { Problem } from '../../contract/problem.ts';
import { systemCode } from '../../errors.ts';
import type { Catalogue } from '../../metadata/catalogues.ts';
import { configuredOpenSubtitles } from './configured-references.ts';
import { missingKey } from './open-subtitles/problems.ts';

/** Somebody waits for the answer, so it is asked once. */
const IMPATIENT = { timeout: 10_000, retries: 0 };
const NEEDED_FOR = 'telling the episodes of a disc apart';

/** Where references come from, to be checked one by one. */
export function referenceSourcesOf(config: Pick<Config, 'references' | 'state'>): Catalogue[] {
  const { folders, opensubtitles } = config.references;
  const online: Catalogue = {
    name: 'OpenSubtitles',
    where: opensubtitles.url,
    neededFor: `subtitles for ${NEEDED_FOR}; without it those of your own serve`,
    problem: () => problemOfOpenSubtitles(config),
  };
  return [
    ...folders.map((folder) => ({
      name: 'references',
      where: folder,
      neededFor: NEEDED_FOR,
      problem: () => problemOfFolder(folder),
    })),
    ...(opensubtitles.enabled ? [online] : []),
  ];
}

async function problemOfFolder(folder: string): Promise<Problem | null> {
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return {
      code: 'references-unavailable',
      message: `The folder cannot be read (${systemCode(error) ?? String(error)})`,
      hint: 'Check references.folders in the configuration, and that the service may read it.',
    };
  }
}

async function problemOfOpenSubtitles(
  config: Pick<Config, 'references' | 'state'>,
): Promise<Problem | null> {
  const { api_key: key, username, password } = config.references.opensubtitles;
  if (key === undefined) return missingKey;
  const api = await configuredOpenSubtitles({ config, patience: IMPATIENT });
  const found = await api?.check({ signal: new AbortController().signal });
  if (found?.state === 'failed') return found.problem;
  if ((username === undefined) === (password === undefined)) return null;
  return {
    code: 'references-key-refused',
    message: 'It is asked without a login: one of user name and password is missing',
    hint: 'Set both references.opensubtitles.username and password, or neither.',
  };
}
