import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Program and the Debian package it comes in. */
const PROGRAMS = [
  ['ffmpeg', 'ffmpeg'],
  ['espeak-ng', 'espeak-ng'],
  ['dvdauthor', 'dvdauthor'],
  ['spumux', 'dvdauthor'],
  ['genisoimage', 'genisoimage'],
] as const;

const FONTS = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/TTF/DejaVuSans.ttf',
];

async function firstReadable(paths: readonly string[], mode: number): Promise<string | undefined> {
  for (const path of paths) {
    const found = await access(path, mode).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** The font of title cards and subtitles, or undefined when it is not installed. */
export function findFont(): Promise<string | undefined> {
  return firstReadable(FONTS, constants.R_OK);
}

export async function isInstalled(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.map((folder) => join(folder, program));
  return (await firstReadable(paths, constants.X_OK)) !== undefined;
}

/** Debian packages without which no disc can be authored here; empty when all is there. */
export async function missingAuthoringPackages(): Promise<string[]> {
  const missing = new Set<string>();
  for (const [program, debianPackage] of PROGRAMS)
    if (!(await isInstalled(program))) missing.add(debianPackage);
  if ((await findFont()) === undefined) missing.add('fonts-dejavu-core');
  return [...missing];
}
