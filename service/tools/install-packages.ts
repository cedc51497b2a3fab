import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';
import { type FoundPackage, findPackage } from './npm-package.ts';
import type { RunTool } from './run.ts';

/** What can be put beside the service: too big, or not free enough, for everybody to have. */
export interface OptionalPackage {
  readonly name: string;
  /** Exact: what was tested. */
  readonly version: string;
  /** Script of the package that fetches what it needs, run after npm, which runs none. */
  readonly fetches?: string;
  /** Below the packages' folder, what this machine does not need of it. */
  readonly spare?: (folder: string) => Promise<string[]>;
}

export const optionalPackages = {
  speech: { name: '@huggingface/transformers', version: '4.3.1', spare: spareRuntimes },
  ffmpeg: { name: 'ffmpeg-static', version: '5.3.0', fetches: 'install.js' },
} as const satisfies Record<string, OptionalPackage>;

export interface InstallOptions {
  readonly run: RunTool;
  /** Where packages go; created when it is missing. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Only for a registry of your own. */
  readonly registry?: string | undefined;
}

/** Half a gigabyte over a slow line; npm says nothing meanwhile. */
const NPM_TIMEOUT_MS = 30 * 60_000;
/** Whoever waits wants to know soon that there is no network. */
const RETRIES = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=3000',
];
/** What npm says last when there is none is advice on proxies. */
const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|UNREACH|network|behind a proxy/i;

/**
 * Installs a package with npm, without running any script of it or of what it needs: onnxruntime-node's would fetch
 * libraries of CUDA, and fail without a network that reaches them. Throws `download-failed`, `tool-missing`,
 * `staging-full` when the disk is full, and `cancelled`.
 */
export async function installPackage(
  wanted: OptionalPackage,
  { run, folder, signal, registry }: InstallOptions,
): Promise<FoundPackage> {
  await mkdir(folder, { recursive: true });
  await ensureManifest(folder);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--save-exact'];
  const from = registry === undefined ? [] : [`--registry=${registry}`];
  const options = {
    cwd: folder,
    signal,
    timeout: NPM_TIMEOUT_MS,
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
  };
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await run(
      npm,
      ['install', ...quiet, ...RETRIES, ...from, `${wanted.name}@${wanted.version}`],
      options,
    );
    const { fetches } = wanted;
    if (fetches !== undefined)
      await run(process.execPath, [join(folder, 'node_modules', wanted.name, fetches)], options);
  } catch (error) {
    throw explained(error, wanted);
  }
  const spare = await wanted.spare?.(join(folder, 'node_modules'));
  for (const path of spare ?? []) await rm(path, { recursive: true, force: true });
  const found = findPackage(wanted.name, folder);
  if (found === null) throw failed(wanted, 'npm ended well, but the package is not there');
  return found;
}

/** npm would otherwise look for a package.json further up, and change that. */
async function ensureManifest(folder: string): Promise<void> {
  const manifest = { private: true, description: 'Optional packages of Discflow' };
  try {
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest)}\n`, { flag: 'wx' });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

function explained(error: unknown, wanted: OptionalPackage): unknown {
  if (!(error instanceof DiscflowError) || error.code !== 'tool-failed') return error;
  if (/ENOSPC/.test(error.message)) return failed(wanted, 'the disk is full', error);
  if (noNetwork.test(error.message))
    return failed(wanted, 'the place it comes from cannot be reached; is there a network?', error);
  return failed(wanted, error.message, error);
}

function failed({ name, version }: OptionalPackage, why: string, cause?: unknown): DiscflowError {
  return new DiscflowError('download-failed', `${name} ${version} was not installed: ${why}`, {
    hint: 'Nothing else needs it: everything goes on without. The same command tries again.',
    cause,
  });
}

/** The runtime for browsers, and that for other systems: four fifths of half a gigabyte. */
async function spareRuntimes(modules: string): Promise<string[]> {
  const spare = [join(modules, 'onnxruntime-web')];
  const bin = join(modules, 'onnxruntime-node', 'bin');
  for (const abi of await foldersIn(bin))
    for (const platform of await foldersIn(join(bin, abi)))
      for (const architecture of await foldersIn(join(bin, abi, platform)))
        if (platform !== process.platform || architecture !== process.arch)
          spare.push(join(bin, abi, platform, architecture));
  return spare;
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
