import { z } from 'zod';
import { cleanLabel } from '../label.ts';
import type { Medium } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import { readWholeFile } from '../medium/whole-file.ts';

const library = /^BDMV\/META\/DL\/BDMT_([A-Z]{3})\.XML$/;

const DiscLibrary = z.object({
  disclib: z.object({ discinfo: z.object({ title: z.object({ name: z.string() }) }) }),
});

/**
 * The disc's title in META/DL/bdmt_<language>.xml: in the first of these languages (ISO 639-2) that
 * the disc has, else in its alphabetically first one. Null when there is none, or none that can be
 * read.
 */
export async function discName(
  medium: Medium,
  languages: readonly string[] = ['eng'],
): Promise<string | null> {
  const names = new Map(
    medium.files.flatMap(({ path }): [string, string][] => {
      const language = library.exec(path)?.[1]?.toLowerCase();
      return language === undefined ? [] : [[language, path]];
    }),
  );
  for (const language of new Set([...languages, ...[...names.keys()].sort()])) {
    const path = names.get(language);
    const name = path === undefined ? null : await nameIn(medium, path);
    if (name) return name;
  }
  return null;
}

async function nameIn(medium: Medium, path: string): Promise<string | null> {
  try {
    return parseDiscName(await readWholeFile(medium, path));
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

/** The name in a disc library file; null for anything that is no such file. */
export async function parseDiscName(data: Buffer): Promise<string | null> {
  const text = decode(data);
  // A disc has no need for entities of its own; they are a way to blow a parser up.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return null;
  const { XMLParser } = await import('fast-xml-parser');
  const options = { removeNSPrefix: true, processEntities: false, parseTagValue: false };
  try {
    const parsed = DiscLibrary.safeParse(new XMLParser(options).parse(text));
    const name = parsed.success ? parsed.data.disclib.discinfo.title.name : '';
    return cleanLabel(withoutEntities(name)) || null;
  } catch {
    return null;
  }
}

function decode(data: Buffer): string {
  if (data[0] === 0xff && data[1] === 0xfe) return data.toString('utf16le', 2);
  return data.toString('utf8').replace(/^\ufeff/, '');
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function withoutEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
