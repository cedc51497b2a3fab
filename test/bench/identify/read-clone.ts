import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import {
  type DiscKind,
  factsOfList,
  type KnownDisc,
  type KnownTitle,
  type ListedFacts,
} from './known-disc.ts';

const Track = z.object({ Type: z.string().nullish(), Resolution: z.string().nullish() });
const Item = z.object({
  Title: z.string().nullish(),
  Type: z.string().nullish(),
  Season: z.coerce.string().nullish(),
  Episode: z.coerce.string().nullish(),
  Chapters: z.array(z.unknown()).nullish(),
});
const Listed = z.object({
  Index: z.int().nullish(),
  SourceFile: z.string().nullish(),
  SegmentMap: z.string().nullish(),
  Duration: z.string().nullish(),
  Size: z.number().nullish(),
  DisplaySize: z.string().nullish(),
  Item: Item.nullish(),
  Tracks: z.array(Track).nullish(),
});
type Listed = z.infer<typeof Listed>;
const Disc = z.object({ Format: z.string().nullish(), Titles: z.array(Listed).nullish() });

const DISC_FILE = /^disc\d+\.json$/;

/**
 * Reads the discs of a clone of TheDiscDb/data, or of a part of it. A disc of which nobody has labelled a title
 * is left out; one with labels but neither film nor episode is a disc of extras.
 */
export async function readClone(root: string): Promise<KnownDisc[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && DISC_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const discs: KnownDisc[] = [];
  for (const path of paths) {
    const disc = Disc.parse(JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, '')));
    const kind = kindOf(path, disc.Titles ?? []);
    if (kind) discs.push(discOf(relative(root, path), kind, disc));
  }
  return discs;
}

function kindOf(path: string, titles: readonly Listed[]): DiscKind | null {
  const types = new Set(titles.flatMap(({ Item: item }) => item?.Type ?? []));
  if (types.size === 0) return null;
  const isSeries = dirname(path).includes('/series/');
  if (types.has('Episode') && (isSeries || !types.has('MainMovie'))) return 'tv';
  return types.has('MainMovie') ? 'movie' : 'extras';
}

function discOf(id: string, kind: DiscKind, { Format, Titles }: z.infer<typeof Disc>): KnownDisc {
  const all = Titles ?? [];
  const isDvd = Format?.toLowerCase() === 'dvd';
  const listed = all.map((title) => factsOf(title, isDvd));
  const facts = factsOfList(listed);
  return {
    id,
    kind,
    complete: all.some(({ Item: item }) => !item),
    listed,
    titles: all.flatMap((title, index): KnownTitle[] => {
      const known = facts[index];
      if (!known) return [];
      const is = typeOf(title.Item?.Type);
      return [
        {
          facts: known,
          source: title.SourceFile ?? '',
          index: title.Index ?? null,
          is,
          episode: is === 'episode' ? episodeOf(title) : null,
          playAll: isPlayAll(title, all, isDvd),
          duplicateOf: duplicateOf(title, all.slice(0, index)),
        },
      ];
    }),
  };
}

function factsOf(title: Listed, isDvd: boolean): ListedFacts {
  const tracks = title.Tracks ?? [];
  const count = (type: string) => tracks.filter((track) => track.Type === type).length;
  const isTold = tracks.length > 0;
  const resolution = tracks.find(({ Type }) => Type === 'Video')?.Resolution;
  const chapters = title.Item?.Chapters?.length ?? 0;
  return {
    source: title.SourceFile ?? '',
    clips: isDvd ? null : (title.SegmentMap?.split(',') ?? null),
    medium: isDvd ? 'dvd' : 'bluray',
    duration: secondsOf(title.Duration ?? ''),
    bytes: title.Size ?? bytesOf(title.DisplaySize ?? ''),
    exact: title.Size != null,
    chapters: chapters > 0 ? chapters : null,
    height: resolution ? Number.parseInt(resolution.split('x')[1] ?? '', 10) || null : null,
    audioTracks: isTold ? count('Audio') : null,
    subtitleTracks: isTold ? count('Subtitles') : null,
  };
}

/** "1:50:37" → seconds. */
function secondsOf(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + (Number(part) || 0), 0);
}

/** "18.7 GB" → bytes, about. */
function bytesOf(text: string): number | null {
  const [, figure, unit] = /^([\d.]+) ([KMG])B$/.exec(text) ?? [];
  const powers: Record<string, number> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };
  return figure && unit ? Number(figure) * (powers[unit] ?? 1) : null;
}

function typeOf(type: string | null | undefined): KnownTitle['is'] {
  if (type === 'MainMovie') return 'main';
  if (type === 'Episode') return 'episode';
  return type ? 'other' : null;
}

/** "1", "01", "Season 1", "3-4", "31-E36": the first number counts. */
function episodeOf({ Item: item }: Listed): number | null {
  const first = (text: string | null | undefined) => /\d+/.exec(text ?? '')?.[0];
  const episode = first(item?.Episode);
  return episode === undefined ? null : Number(first(item?.Season) ?? 0) * 10_000 + Number(episode);
}

/** Named so, labelled with a range of episodes that have titles of their own, or, unlabelled, made of other titles. */
function isPlayAll(title: Listed, all: readonly Listed[], isDvd: boolean): boolean {
  return (
    /play[ -]?all|alle abspielen|tout lire/i.test(title.Item?.Title ?? '') ||
    holdsEpisodesOf(title, all) ||
    (!isDvd && isMadeOf(title, all))
  );
}

/** "9-16" beside 9, 10, …; "3-4" alone is a double episode. */
function holdsEpisodesOf({ Item: item }: Listed, all: readonly Listed[]): boolean {
  const [, from, to] = /^(\d+)\s*-\s*E?(\d+)$/i.exec(item?.Episode ?? '') ?? [];
  const held = all.filter(
    ({ Item: other }) =>
      other?.Type === 'Episode' &&
      other.Season === item?.Season &&
      /^\d+$/.test(other?.Episode ?? '') &&
      Number(other?.Episode) >= Number(from) &&
      Number(other?.Episode) <= Number(to),
  );
  return from !== undefined && held.length >= 2;
}

/** The share of a play-all that the titles it is made of must fill, at least. */
const MADE_OF = 2 / 3;

/** Plays all that two shorter titles or more play, none of them twice, and little else. */
function isMadeOf({ SegmentMap: map, Duration }: Listed, all: readonly Listed[]): boolean {
  const clips = new Set(map?.split(','));
  const length = secondsOf(Duration ?? '');
  const played = new Set<string>();
  const members = all.filter((other) => {
    const theirs = other.SegmentMap?.split(',') ?? [];
    const own = theirs.filter((clip) => !played.has(clip));
    if (theirs.length >= clips.size || own.length === 0) return false;
    if (!theirs.every((clip) => clips.has(clip))) return false;
    for (const clip of own) played.add(clip);
    return true;
  });
  const filled = members.reduce((sum, other) => sum + secondsOf(other.Duration ?? ''), 0);
  const longest = Math.max(0, ...members.map((other) => secondsOf(other.Duration ?? '')));
  return members.length >= 2 && longest <= 0.8 * length && filled >= MADE_OF * length;
}

function duplicateOf({ Duration, Size, SegmentMap }: Listed, before: readonly Listed[]) {
  if (Size == null) return null;
  const same = before.find(
    (title) =>
      title.Size === Size && title.Duration === Duration && title.SegmentMap === SegmentMap,
  );
  return same?.SourceFile ?? null;
}
