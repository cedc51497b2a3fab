import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorDvd } from '../test/authoring/author-dvd.ts';
import { findFont, missingAuthoringPackages } from '../test/authoring/authoring-tools.ts';
import type { ClipSpec, DiscSpec, Line, TitleSetSpec } from '../test/authoring/spec.ts';
import { formatSrt } from '../test/authoring/srt.ts';
import { layOutLines } from '../test/authoring/timeline.ts';
import type { DiscTruth } from '../test/authoring/truth.ts';

const DISCS = fileURLToPath(new URL('../examples/discs/', import.meta.url));
const SHOW = 'Harbour Lights';
const LANGUAGES = ['en', 'fr'];
const EPISODES_ON_DISC = [1, 2, 3];
const EPISODES_WITH_REFERENCES = [1, 2, 3, 4, 5, 6];

type TitleSetFormat = Omit<TitleSetSpec, 'titles'>;

interface Script {
  readonly name: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

/** `# Title`, then a line of dialogue per line: English, a bar, French. */
async function readScript(name: string): Promise<Script> {
  const text = await readFile(join(DISCS, 'scripts', `${name}.txt`), 'utf8');
  const [heading = '', ...rest] = text.trim().split('\n');
  const lines = rest.map((line) => {
    const [en = '', fr = ''] = line.split(' | ');
    return { en, fr };
  });
  return { name, title: heading.replace('# ', ''), lines };
}

/** Extras below a minute are not ripped by default. */
const SHORTEST_SECONDS = 62;

interface Scenery {
  readonly sky: string;
  readonly ground: string;
  /** One character that crosses the picture. */
  readonly traveller: string;
}

const SEA: Scenery = { sky: '0x24405c', ground: '0x0f2233', traveller: '◭' };
const DESERT: Scenery = { sky: '0x7a4a2a', ground: '0x4a2f1a', traveller: '☀' };

/** A still picture with one small thing that moves costs few bytes and still shows that it plays. */
async function draw({ sky, ground, traveller }: Scenery) {
  const place = 'x=mod(floor(t)*7\\,w):y=h*0.73:fontsize=h/9:fontcolor=white';
  const filters = [
    `drawbox=y=ih*0.82:h=ih*0.18:color=${ground}:t=fill`,
    `drawtext=fontfile=${await findFont()}:text=${traveller}:${place}`,
  ];
  return { source: `color=c=${sky}`, filters: filters.join() };
}

/** A clip as long as its script, with chapters at uneven shares of it. */
async function makeClipSpec(
  { name, title, lines }: Script,
  { shares, subtitle, scenery }: { shares: readonly number[]; subtitle: string; scenery: Scenery },
): Promise<ClipSpec> {
  const cues = await layOutLines({ name, lines, seconds: Number.POSITIVE_INFINITY }, LANGUAGES);
  const end = Math.max(...[...cues.values()].map((list) => list.at(-1)?.end ?? 0));
  const seconds = Math.max(SHORTEST_SECONDS, Math.ceil(end + 2.5));
  const chapters = shares.map((share) => share * seconds);
  return { name, seconds, chapters, card: [title, subtitle], picture: await draw(scenery), lines };
}

/** Some 28 kB a second. */
const SMALL = {
  audio: LANGUAGES.map((lang) => ({ lang, channels: 1, kbps: 48 })),
  subtitles: LANGUAGES,
  aspect: '4:3',
  videoKbps: 30,
} satisfies TitleSetFormat;

const episodeScript = (episode: number) => `harbour-lights-s01e0${episode}`;

async function harbourLights(): Promise<DiscSpec> {
  const episodes = EPISODES_ON_DISC.map(async (episode) => {
    const script = await readScript(episodeScript(episode));
    const look = { shares: [0, 0.21, 0.48, 0.8], subtitle: `${SHOW} 1x0${episode}`, scenery: SEA };
    const clip = await makeClipSpec(script, look);
    return { kind: 'episode' as const, name: script.title, clips: [clip] };
  });
  const extra = await readScript('harbour-lights-extra');
  const look = { shares: [0], subtitle: SHOW, scenery: SEA };
  const format = { ...SMALL, size: [352, 240] } satisfies TitleSetFormat;
  const clips = [await makeClipSpec(extra, look)];
  return {
    label: 'HARBOUR_LIGHTS_S1_D1',
    standard: 'ntsc',
    titleSets: [
      { ...format, titles: await Promise.all(episodes) },
      {
        ...format,
        audio: SMALL.audio.slice(0, 1),
        titles: [{ kind: 'extra', name: extra.title, clips }],
      },
    ],
    shared: [
      {
        kind: 'play-all',
        name: 'Play all',
        titleSet: 1,
        parts: EPISODES_ON_DISC.map((title) => ({ title })),
        at: 1,
      },
    ],
  };
}

async function longMeridian(): Promise<DiscSpec> {
  const feature = await readScript('the-long-meridian');
  const extra = await readScript('the-long-meridian-extra');
  const format = { ...SMALL, size: [352, 288] } satisfies TitleSetFormat;
  const film = { shares: [0, 0.13, 0.33, 0.52, 0.71, 0.9], subtitle: 'A film', scenery: DESERT };
  const making = { shares: [0], subtitle: feature.title, scenery: DESERT };
  const clips = [await makeClipSpec(feature, film)];
  const extraClips = [await makeClipSpec(extra, making)];
  return {
    label: 'LONG_MERIDIAN',
    standard: 'pal',
    titleSets: [
      { ...format, titles: [{ kind: 'main', name: feature.title, clips }] },
      {
        ...format,
        audio: SMALL.audio.slice(0, 1),
        titles: [{ kind: 'extra', name: extra.title, clips: extraClips }],
      },
    ],
  };
}

/** Subtitles of the whole season, as a person would have collected them: more than the disc holds. */
async function writeReferences(): Promise<void> {
  const folder = join(DISCS, 'references', SHOW, 'Season 01');
  await mkdir(folder, { recursive: true });
  for (const episode of EPISODES_WITH_REFERENCES) {
    const { name, lines } = await readScript(episodeScript(episode));
    const cues = await layOutLines({ name, lines, seconds: Number.POSITIVE_INFINITY }, LANGUAGES);
    for (const [lang, list] of cues)
      await writeFile(join(folder, `${SHOW} - S01E0${episode}.${lang}.srt`), formatSrt(list));
  }
}

async function writeDisc(spec: DiscSpec, scratch: string): Promise<DiscTruth> {
  const { image, truth } = await authorDvd(spec, { folder: join(scratch, spec.label) });
  await copyFile(image, join(DISCS, `${spec.label}.iso`));
  return truth;
}

async function main(): Promise<void> {
  const missing = await missingAuthoringPackages();
  if (missing.length > 0) throw new Error(`install these packages first: ${missing.join(' ')}`);
  const scratch = await mkdtemp(join(tmpdir(), 'sample-discs-'));
  try {
    const discs: DiscTruth[] = [];
    for (const spec of [await longMeridian(), await harbourLights()])
      discs.push(await writeDisc(spec, scratch));
    await writeFile(join(DISCS, 'truth.json'), `${JSON.stringify({ discs }, null, 1)}\n`);
    await writeReferences();
  } finally {
    await rm(scratch, { recursive: true });
  }
}

await main();
