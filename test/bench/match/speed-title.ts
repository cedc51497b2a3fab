import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { disturb } from '../../match-lab/disturb.ts';
import { drawSeason, type Episode, type Line } from '../../match-lab/episode.ts';
import { createRandom, type Random } from '../../match-lab/random.ts';
import { makeSoundtrack } from '../../match-lab/soundtrack.ts';
import { makeSubtitleMkv } from '../../match-lab/subtitle-mkv.ts';

const SECONDS = 2640;
const EPISODES = 24;
/** As on a DVD: MPEG-2 at 5 Mbit/s. */
const VIDEO_RATE = '5M';
const LOOPED_SECONDS = 60;

/** A title of 44 minutes as it comes off a disc, and what it is compared with. */
export interface SpeedTitle {
  /** By what its subtitles are; all have AC-3 5.1. */
  readonly files: Readonly<Record<'pgs' | 'vobsub', string>>;
  /** Index of the reference that is its own. */
  readonly episode: number;
  readonly references: readonly { readonly id: string; readonly cues: readonly Line[] }[];
}

/** Makes the title, of about three gigabytes, unless it is in the folder already. */
export async function makeSpeedTitle(folder: string): Promise<SpeedTitle> {
  await mkdir(folder, { recursive: true });
  const random = createRandom('speed');
  const season = drawSeason(random, { episodes: EPISODES, runtime: SECONDS });
  const [episode] = season;
  if (episode === undefined) throw new Error('no episode was drawn');
  const references = season.map((one, index) => {
    const offset = random.between(-40, 40);
    return { id: String(index), cues: disturb(random, one.lines, { offset, speed: 25 / 24 }) };
  });
  const files = { pgs: join(folder, 'pgs.mkv'), vobsub: join(folder, 'vobsub.mkv') };
  if (!existsSync(files.vobsub)) await makeFiles(folder, random, episode);
  return { files, episode: 0, references };
}

async function makeFiles(folder: string, random: Random, episode: Episode): Promise<void> {
  const sound = join(folder, 'sound.ac3');
  await makeSoundtrack(random, episode, { noise: 0.05, music: 2 }, sound);
  const picture = await makePicture(folder);
  const before = join(folder, 'picture-and-sound.mkv');
  await execa('mkvmerge', ['-q', '-o', before, picture, sound]);
  const { lines } = episode;
  for (const codec of ['pgs', 'vobsub'] as const)
    await makeSubtitleMkv(folder, codec, [{ codec, language: 'eng', lines }], before);
  await Promise.all([sound, picture, before].map((file) => rm(file)));
}

/** One minute, again and again. */
async function makePicture(folder: string): Promise<string> {
  const minute = join(folder, 'minute.mkv');
  const picture = join(folder, 'picture.mkv');
  const quiet = ['-nostdin', '-v', 'error', '-y'];
  const source = `testsrc2=size=720x480:rate=30000/1001:duration=${LOOPED_SECONDS}`;
  const rate = [
    '-b:v',
    VIDEO_RATE,
    '-minrate',
    VIDEO_RATE,
    '-maxrate',
    VIDEO_RATE,
    '-bufsize',
    '2M',
  ];
  await execa('ffmpeg', [
    ...quiet,
    '-f',
    'lavfi',
    '-i',
    source,
    ...rate,
    '-c:v',
    'mpeg2video',
    minute,
  ]);
  const again = ['-stream_loop', String(Math.ceil(SECONDS / LOOPED_SECONDS) - 1), '-i', minute];
  await execa('ffmpeg', [...quiet, ...again, '-c', 'copy', picture]);
  await rm(minute);
  return picture;
}
