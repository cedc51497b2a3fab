import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The package's version; its package.json is one level up in the sources and two in the build. */
export const version: string = readVersion(['../package.json', '../../package.json']);

function readVersion([first, ...others]: string[]): string {
  if (first === undefined) throw new Error('package.json is missing');
  try {
    const text = readFileSync(new URL(first, import.meta.url), 'utf8');
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  } catch (error) {
    if (others.length === 0) throw error;
    return readVersion(others);
  }
}
