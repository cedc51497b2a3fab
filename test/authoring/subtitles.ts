import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFont } from './authoring-tools.ts';
import type { Standard } from './spec.ts';
import { formatSrt } from './srt.ts';
import type { Cue } from './truth.ts';

interface SubtitleJob {
  /** Program stream; it is replaced by one with the subtitles in it. */
  readonly file: string;
  /** Scratch folder; fonts are looked for in its .spumux folder, as spumux does in $HOME. */
  readonly folder: string;
  readonly standard: Standard;
  readonly aspect: '4:3' | '16:9';
}

function textsub(srt: string, { standard, aspect }: SubtitleJob): string {
  const fps = standard === 'pal' ? '25' : '29.97';
  const attributes = {
    filename: srt,
    characterset: 'UTF-8',
    fontsize: '26.0',
    font: 'DejaVuSans.ttf',
    'horizontal-alignment': 'center',
    'vertical-alignment': 'bottom',
    'left-margin': '40',
    'right-margin': '40',
    'top-margin': '20',
    'bottom-margin': '30',
    'subtitle-fps': fps,
    'movie-fps': fps,
    'movie-width': '720',
    'movie-height': standard === 'pal' ? '574' : '478',
    aspect,
    force: 'no',
  };
  const list = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  const format = standard.toUpperCase();
  return `<subpictures format="${format}"><stream><textsub ${list.join(' ')}/></stream></subpictures>`;
}

async function installFont(folder: string): Promise<void> {
  const font = await findFont();
  if (font === undefined) throw new Error('DejaVuSans.ttf not found: install fonts-dejavu-core');
  await mkdir(join(folder, '.spumux'), { recursive: true });
  await copyFile(font, join(folder, '.spumux', 'DejaVuSans.ttf'));
}

/**
 * Multiplexes one VobSub stream per cue list into the program stream; returns the new file. An empty
 * list leaves its stream out of this clip.
 */
export async function addSubtitles(job: SubtitleJob, streams: readonly (readonly Cue[])[]) {
  const { folder, standard } = job;
  const env = { VIDEO_FORMAT: standard.toUpperCase(), HOME: folder };
  await installFont(folder);
  let current = job.file;
  for (const [i, cues] of streams.entries()) {
    if (cues.length === 0) continue;
    const srt = join(folder, `${i}.srt`);
    const xml = join(folder, `${i}.xml`);
    const next = join(folder, `subtitled-${i}.mpg`);
    await writeFile(srt, formatSrt(cues));
    await writeFile(xml, textsub(srt, job));
    await execa('spumux', [`-s${i}`, '-P', xml], {
      env,
      inputFile: current,
      stdout: { file: next },
    });
    await rm(current);
    current = next;
  }
  return current;
}
