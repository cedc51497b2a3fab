import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaAccess } from '../../../service/match/evidence/media-streams.ts';
import { measureFolder } from '../../../service/match/measure/measure-folder.ts';
import { nameOfFile } from '../../../service/match/read-folder.ts';
import { gatherFolder } from '../../../service/match/references/gather-folder.ts';
import { createRandom } from '../../match-lab/random.ts';
import { type JudgedFile, judge } from './judge.ts';
import type { BuiltShow } from './making/make-show.ts';
import type { ReferenceFile, Variation } from './variations.ts';

/** A folder of MKV files, with what they are. */
export interface RippedDisc {
  readonly name: string;
  readonly folder: string;
  readonly titles: readonly { readonly file: string; readonly episodes: readonly number[] }[];
}

/** Writes `<folder>/<show>/Season 01/<show> - S01E02.en.srt` for every file of a variation. */
export async function writeReferences(
  folder: string,
  { name, season, episodes }: BuiltShow,
  { variation, other }: { variation: Variation; other: BuiltShow },
): Promise<readonly ReferenceFile[]> {
  const written = {
    own: episodes.map(({ cues }) => cues),
    other: other.episodes.map(({ cues }) => cues),
    random: createRandom(`${name} ${variation.name}`),
  };
  const files = variation.files(written);
  const two = (number: number) => String(number).padStart(2, '0');
  const place = join(folder, name, `Season ${two(season)}`);
  await mkdir(place, { recursive: true });
  for (const { number, suffix = '', bytes } of files)
    await writeFile(join(place, `${name} - S${two(season)}E${two(number)}${suffix}.en.srt`), bytes);
  return files;
}

/** Everything is to be right without recognising speech. */
const noSpeech = async () => null;

/** The discs of a show against the references of a folder, as `discflow match` does it. */
export async function matchShow(
  show: BuiltShow,
  discs: readonly RippedDisc[],
  { references, files }: { references: string; files: readonly ReferenceFile[] },
  access: MediaAccess,
): Promise<JudgedFile[]> {
  const query = { show: show.name, seasons: [show.season] };
  const found = await gatherFolder(references, query, access);
  const judged: JudgedFile[] = [];
  for (const disc of discs) {
    const { titles, findings } = await measureFolder(disc.folder, found, {
      access,
      speech: noSpeech,
    });
    for (const [index, { verdict, doubt, ranked }] of findings.entries()) {
      const title = titles[index];
      const file = title ? nameOfFile(title) : '';
      const truth = disc.titles.find((one) => one.file === file)?.episodes ?? [];
      const said = { verdict, doubt, episodes: ranked[0]?.episodes ?? [] };
      judged.push(judge(show, files, { title: `${disc.name} ${file}`, truth, said }));
    }
  }
  return judged;
}
