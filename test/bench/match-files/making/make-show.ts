import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authorDvd } from '../../../authoring/author-dvd.ts';
import { cachedBuild } from '../../../authoring/build-cache.ts';
import type { ClipSpec, DiscSpec } from '../../../authoring/spec.ts';
import { layOutLines } from '../../../authoring/timeline.ts';
import type { Cue, DiscTruth } from '../../../authoring/truth.ts';
import { createRandom } from '../../../match-lab/random.ts';
import type { MadeDisc, MadeShow, MadeTitle } from '../shows.ts';
import { dialogue } from './dialogue.ts';
import { type Content, inSequence, makeTitle } from './make-title.ts';

/** An episode as whoever writes its subtitles sees it. */
export interface EpisodeTruth {
  readonly seconds: number;
  readonly cues: readonly Cue[];
}

export interface BuiltDisc {
  readonly name: string;
  readonly kind: MadeDisc['kind'];
  /** The image, or the folder of MKV files; relative to the show's folder. */
  readonly path: string;
  /** By number on the disc, or name of the file; a title that plays others has `members`. */
  readonly titles: readonly {
    readonly number: number;
    readonly file: string | null;
    readonly episodes: readonly number[];
  }[];
}

export interface BuiltShow {
  readonly folder: string;
  readonly name: string;
  readonly season: number;
  /** Of all episodes by number, from 1; those on no disc, too. */
  readonly episodes: readonly EpisodeTruth[];
  readonly discs: readonly BuiltDisc[];
}

/** More than fit; the clip ends before the first that does not. */
const LINES = 400;
const AT_ONCE = 2;
const voices = ['en-us', 'en-gb', 'en-us+f3', 'en-gb+m3', 'en-us+f4', 'en-us+m7'] as const;

/** The discs of a show, from the cache when they were built before. */
export async function builtShow(show: MadeShow): Promise<BuiltShow> {
  const folder = await cachedBuild({
    name: show.name.toLowerCase().replaceAll(' ', '-'),
    spec: show,
    sources: ['', '../bench/match-files/making'],
    build: (unfinished) => buildShow(unfinished, show),
  });
  const built: Omit<BuiltShow, 'folder'> = JSON.parse(
    await readFile(join(folder, 'show.json'), 'utf8'),
  );
  return { folder, ...built };
}

async function buildShow(folder: string, show: MadeShow): Promise<void> {
  await mkdir(folder, { recursive: true });
  const episodes = new Map<number, EpisodeTruth>();
  const discs: BuiltDisc[] = [];
  for (const disc of show.discs) {
    const build = disc.kind === 'image' ? buildImage : buildFolder;
    discs.push(await build(folder, show, disc, episodes));
  }
  for (let number = 1; number <= show.episodes; number++)
    if (!episodes.has(number)) episodes.set(number, await content(clipOf(show, number), 'tone'));
  const { name, season } = show;
  const told = Array.from({ length: show.episodes }, (_, index) => {
    const { seconds, cues } = episodes.get(index + 1) ?? { seconds: 0, cues: [] };
    return { seconds, cues: cues.map(({ start, end, text }) => ({ start, end, text })) };
  });
  await writeFile(
    join(folder, 'show.json'),
    JSON.stringify({ name, season, episodes: told, discs }),
  );
}

type Clip = Pick<ClipSpec, 'name' | 'seconds' | 'lines'>;

function clipOf(show: MadeShow, number: number): Clip {
  const name = `${show.name} ${number}`.toLowerCase().replaceAll(' ', '-');
  const seconds = Math.round(show.seconds + createRandom(name).between(-20, 20));
  return { name, seconds, lines: dialogue(name, LINES) };
}

function clipOfExtra(show: MadeShow, disc: MadeDisc, place: number, seconds: number): Clip {
  const name = `${show.name} ${disc.name} ${place}`.toLowerCase().replaceAll(/[ _]/g, '-');
  return { name, seconds, lines: dialogue(name, LINES) };
}

async function content({ name, seconds, lines }: Clip, voice: 'spoken' | 'tone'): Promise<Content> {
  const by = createRandom(name).pick(voices);
  const said = lines.map(({ en = '' }) => ({ [by]: en }));
  const cues = await layOutLines({ name, seconds, lines: said, voice }, [by]);
  return { seconds, cues: cues.get(by) ?? [] };
}

/** A DVD with VobSub; several episodes are followed by a title that plays all of them. */
async function buildImage(
  folder: string,
  show: MadeShow,
  disc: MadeDisc,
  episodes: Map<number, EpisodeTruth>,
): Promise<BuiltDisc> {
  const clips = disc.titles.map(({ episodes: [number], seconds = show.seconds }, place) => ({
    number,
    clip: number ? clipOf(show, number) : clipOfExtra(show, disc, place, seconds),
  }));
  const titlesOf = (wanted: typeof clips) =>
    wanted.map(({ number, clip }) => ({
      kind: number ? ('episode' as const) : ('extra' as const),
      name: clip.name,
      clips: [{ ...clip, chapters: [0, clip.seconds / 2], card: [clip.name], picture }],
    }));
  const [own, extras] = [true, false].map((is) => clips.filter(({ number }) => !number !== is));
  const format = { audio: [{ lang: 'en', channels: 1, kbps: 96 }], subtitles: ['en'], ...small };
  const spec: DiscSpec = {
    label: disc.name,
    standard: 'ntsc',
    titleSets: [own ?? [], extras ?? []].flatMap((wanted) =>
      wanted.length > 0 ? [{ ...format, titles: titlesOf(wanted) }] : [],
    ),
    shared: [
      {
        ...{ kind: 'play-all', name: 'Play all', titleSet: 1 },
        parts: (own ?? []).map((_, index) => ({ title: index + 1 })),
      },
    ],
  };
  const { truth } = await authorDvd(spec, { folder: join(folder, disc.name) });
  const numbers = new Map(clips.map(({ number, clip }) => [clip.name, number]));
  for (const { kind, clips: names, seconds, subtitles } of truth.titles) {
    const number = numbers.get(names[0] ?? '');
    if (kind === 'episode' && number)
      episodes.set(number, { seconds, cues: subtitles[0]?.cues ?? [] });
  }
  return { ...imageOf(disc), titles: titlesIn(truth, numbers) };
}

const picture = { source: 'color=c=0x203040' };
const small = { size: [352, 240], aspect: '4:3', videoKbps: 300 } as const;

function imageOf({ name, kind }: MadeDisc) {
  return { name, kind, path: join(name, `${name}.iso`) };
}

function titlesIn({ titles }: DiscTruth, numbers: ReadonlyMap<string, number | undefined>) {
  return titles.map(({ number, clips }) => ({
    ...{ number, file: null },
    episodes: clips.flatMap((name) => numbers.get(name) ?? []),
  }));
}

/** MKV files as if ripped. */
async function buildFolder(
  folder: string,
  show: MadeShow,
  disc: MadeDisc,
  episodes: Map<number, EpisodeTruth>,
): Promise<BuiltDisc> {
  const path = join(folder, disc.name);
  await mkdir(path);
  const contents = new Map<number, Promise<Content>>();
  const said = (number: number, by: MadeTitle['by']) => {
    const known = contents.get(number) ?? content(clipOf(show, number), voiceOf(by));
    contents.set(number, known);
    return known;
  };
  const titles: BuiltDisc['titles'][number][] = [];
  const waiting = disc.titles.entries();
  const work = async () => {
    for (const [index, title] of waiting) {
      const { by, seconds = show.seconds } = title;
      const parts =
        title.episodes.length > 0
          ? await Promise.all(title.episodes.map((number) => said(number, by)))
          : [await content(clipOfExtra(show, disc, index, seconds), voiceOf(by))];
      const name = `title_t${String(index).padStart(2, '0')}`;
      const made = { content: inSequence(parts), by, seed: show.season + 17 * index };
      const file = await makeTitle(path, name, made);
      titles[index] = { number: index + 1, file, episodes: title.episodes };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const [number, one] of contents) episodes.set(number, await one);
  const { name, kind } = disc;
  return { name, kind, path: name, titles };
}

/** Who has captions to read is not to be known by the voice. */
function voiceOf(by: MadeTitle['by']): 'spoken' | 'tone' {
  return by === 'captions' ? 'tone' : 'spoken';
}
