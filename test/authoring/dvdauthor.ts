import { link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { MadeClip } from './clip.ts';
import { toGopStart } from './frame-grid.ts';
import type { Standard, TitleSetSpec } from './spec.ts';

/** A title set and, for each of its titles, the clips that make it up. */
export interface MadeTitleSet {
  readonly spec: TitleSetSpec;
  readonly titles: readonly (readonly MadeClip[])[];
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A cell starts at the first VOBU not before the mark: 5 ms early, so that rounding cannot miss it. */
function chapterMark(start: number): string {
  const early = Math.max(0, start - 0.005);
  const minutes = Math.floor(early / 60);
  return `${minutes}:${(early - minutes * 60).toFixed(3).padStart(6, '0')}`;
}

/** dvdauthor stores a file once, however often it is named; under another name it is stored again. */
async function nameApart(
  titleSets: readonly MadeTitleSet[],
  scratch: string,
): Promise<MadeTitleSet[]> {
  let number = 0;
  const apart = async (clip: MadeClip): Promise<MadeClip> => {
    const file = join(scratch, `vob-${++number}.mpg`);
    await link(clip.file, file);
    return { ...clip, file };
  };
  const clips = (title: readonly MadeClip[]) => Promise.all(title.map(apart));
  return Promise.all(
    titleSets.map(async (set) => ({ ...set, titles: await Promise.all(set.titles.map(clips)) })),
  );
}

function vobElement({ spec, file }: MadeClip, standard: Standard): string {
  const marks = spec.chapters.map((start) => chapterMark(toGopStart(start, standard)));
  const chapters = marks.length === 0 ? '' : ` chapters="${marks.join()}"`;
  return `<vob file="${escaped(file)}"${chapters}/>`;
}

function titleSetElement({ spec, titles }: MadeTitleSet, standard: Standard): string {
  const resolution = spec.size ? ` resolution="${spec.size.join('x')}"` : '';
  const video = `<video format="${standard}" aspect="${spec.aspect ?? '16:9'}"${resolution}/>`;
  const audio = spec.audio.map(({ lang, channels = 2 }) => {
    return `<audio lang="${lang}" format="ac3" channels="${channels}"/>`;
  });
  const subtitles = spec.subtitles.map((lang) => `<subpicture lang="${lang}"/>`);
  const chains = titles.map((clips) => {
    return `<pgc>${clips.map((clip) => vobElement(clip, standard)).join('')}</pgc>`;
  });
  const parts = [video, ...audio, ...subtitles, ...chains];
  return `<titleset><titles>${parts.join('')}</titles></titleset>`;
}

/** Writes `<folder>/VIDEO_TS` with one program chain per title; the XML stays in `scratch`. */
export async function runDvdauthor(
  titleSets: readonly MadeTitleSet[],
  { standard, folder, scratch }: { standard: Standard; folder: string; scratch: string },
): Promise<void> {
  const named = await nameApart(titleSets, scratch);
  const sets = named.map((set) => titleSetElement(set, standard)).join('\n');
  const menu = '<vmgm><fpc>jump title 1;</fpc></vmgm>';
  const xml = join(scratch, 'dvdauthor.xml');
  const disc = `<dvdauthor dest="${escaped(folder)}" jumppad="0">${menu}\n${sets}</dvdauthor>\n`;
  await writeFile(xml, disc);
  const env = { VIDEO_FORMAT: standard.toUpperCase(), HOME: scratch };
  await execa('dvdauthor', ['-x', xml], { env });
  await mkdir(join(folder, 'AUDIO_TS'), { recursive: true });
}
