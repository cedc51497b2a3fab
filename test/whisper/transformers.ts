import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toProblem } from '../../service/errors.ts';
import { installPackage, optionalPackages } from '../../service/tools/install-packages.ts';
import { findPackage } from '../../service/tools/npm-package.ts';
import { createToolRunner } from '../../service/tools/run.ts';

const folder = fileURLToPath(new URL('../../.cache/packages', import.meta.url));
const INSTALL_MS = 300_000;

let installing: Promise<string | null> | undefined;

/**
 * A folder with transformers.js, as `discflow install speech` makes it: half a gigabyte that nobody else needs is not
 * among the packages of the project. Kept for the next time; the test is skipped with a word when it cannot be had.
 */
export async function transformersOrSkip(test: Mocha.Context): Promise<string> {
  test.timeout(INSTALL_MS);
  const { problem } = await installTransformers();
  if (problem !== null) {
    console.log(`skipped: ${problem}`);
    test.skip();
  }
  return folder;
}

/** The same without a test; `problem` says in a sentence why it cannot be had. */
export async function installTransformers(): Promise<{ folder: string; problem: string | null }> {
  installing ??= install();
  return { folder, problem: await installing };
}

async function install(): Promise<string | null> {
  const { name, version } = optionalPackages.speech;
  if (findPackage(name, folder)?.version === version) return null;
  try {
    const { signal } = new AbortController();
    await installPackage(optionalPackages.speech, { run: createToolRunner(), folder, signal });
    return null;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return toProblem(error).message;
  }
}
