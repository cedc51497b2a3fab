import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { factsOfList, type KnownDisc, type KnownTitle, type ListedFacts } from './known-disc.ts';

const Line = z.object({
  id: z.string(),
  mediaType: z.enum(['movie', 'series', 'sets']),
  format: z.enum(['dvd', 'bluray', 'uhd']),
  complete: z.boolean(),
  bonusDisc: z.boolean(),
  titles: z.array(
    z.object({
      index: z.int().nullable(),
      sourceFile: z.string(),
      segmentMap: z.string().nullable(),
      durationSeconds: z.number(),
      sizeBytes: z.number().nullable(),
      sizeApprox: z.boolean(),
      chapters: z.int().nullable(),
      resolution: z.int().nullable(),
      label: z.object({
        type: z.string(),
        season: z.int().nullish(),
        episode: z.int().nullish(),
      }),
      playAll: z.boolean(),
      duplicateOf: z.string().nullable(),
    }),
  ),
});
type Line = z.infer<typeof Line>;

/** Reads discs with answers, one JSON object a line. */
export async function readLines(path: string): Promise<KnownDisc[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => discOf(Line.parse(JSON.parse(line))));
}

function discOf({ id, mediaType, format, complete, bonusDisc, titles }: Line): KnownDisc {
  const listed = titles.map(
    (title): ListedFacts => ({
      source: title.sourceFile,
      clips: format === 'dvd' ? null : (title.segmentMap?.split(',') ?? null),
      medium: format === 'dvd' ? 'dvd' : 'bluray',
      duration: title.durationSeconds,
      bytes: title.sizeBytes,
      exact: !title.sizeApprox,
      chapters: title.chapters,
      height: title.resolution,
      audioTracks: null,
      subtitleTracks: null,
    }),
  );
  const facts = factsOfList(listed);
  return {
    id,
    kind: bonusDisc ? 'extras' : mediaType === 'movie' ? 'movie' : 'tv',
    complete,
    listed,
    titles: titles.flatMap((title, index): KnownTitle[] => {
      const known = facts[index];
      if (!known) return [];
      const { type, season, episode } = title.label;
      return [
        {
          facts: known,
          source: title.sourceFile,
          index: title.index,
          is: typeOf(type),
          episode: episode == null ? null : (season ?? 0) * 10_000 + episode,
          playAll: title.playAll,
          duplicateOf: title.duplicateOf,
        },
      ];
    }),
  };
}

function typeOf(type: string): KnownTitle['is'] {
  if (type === 'main' || type === 'episode') return type;
  return type === 'none' ? null : 'other';
}
