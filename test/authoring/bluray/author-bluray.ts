import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { execa } from 'execa';
import { fixTimes } from '../disc-image.ts';
import { type BluraySpec, versionOf } from './bluray-spec.ts';
import { clipInformation } from './clip-information.ts';
import { discLibrary, indexFile, movieObjects } from './disc-files.ts';
import { encodeClip } from './encode-clip.ts';
import { measureStream } from './measure-stream.ts';
import { type KnownClip, playlistFile } from './playlist.ts';
import { type Content, writeUdfImage } from './udf-image.ts';

export interface AuthoredBluray {
  readonly spec: BluraySpec;
  /** Holds BDMV, and AACS or BDSVM. */
  readonly folder: string;
  readonly images: {
    /** ISO 9660 and UDF 1.02. */
    readonly bridge: string;
    /** UDF 1.02 alone. */
    readonly udf: string;
    /** UDF 2.50 with a metadata partition, as pressed discs. */
    readonly metadata: string;
  };
}

/** Where the parts of a disc are that was authored into this folder. */
export function authoredParts(spec: BluraySpec, folder: string): AuthoredBluray {
  const image = (form: string) => join(folder, `${spec.label}.${form}.iso`);
  return {
    spec,
    folder: join(folder, spec.label),
    images: { bridge: image('bridge'), udf: image('udf'), metadata: image('udf250') },
  };
}

/** Encoders running at once. */
const ENCODERS = 2;

/**
 * Authors a real Blu-ray disc: `<folder>/<label>/BDMV` and images of it. Needs ffmpeg and
 * genisoimage; throws the error of the program that failed.
 */
export async function authorBluray(spec: BluraySpec, folder: string): Promise<AuthoredBluray> {
  const parts = authoredParts(spec, folder);
  const bdmv = join(parts.folder, 'BDMV');
  for (const name of ['STREAM', 'AUXDATA', 'META/DL', 'CLIPINF', 'PLAYLIST', 'BACKUP'])
    await mkdir(join(bdmv, name), { recursive: true });
  const clips = await makeClips(spec, join(bdmv, 'STREAM'));
  await writeStructure(spec, clips, bdmv);
  await writeProtection(spec, parts.folder);
  await fixTimes(parts.folder);
  await writeImages(spec, parts);
  return parts;
}

async function makeClips({ clips }: BluraySpec, folder: string): Promise<Map<string, KnownClip>> {
  const made = new Map<string, KnownClip>();
  const waiting = Object.entries(clips).values();
  const encoder = async () => {
    for (const [clip, spec] of waiting) {
      const output = join(folder, `${clip}.m2ts`);
      await encodeClip(spec, { clip, output });
      made.set(clip, { spec, measured: await measureStream(output) });
    }
  };
  await Promise.all(Array.from({ length: ENCODERS }, encoder));
  for (const name of await readdir(folder)) if (name.endsWith('.sup')) await rm(join(folder, name));
  return made;
}

async function writeStructure(
  { names, playlists, clips: specs }: BluraySpec,
  clips: ReadonlyMap<string, KnownClip>,
  bdmv: string,
): Promise<void> {
  const numbers = Object.keys(playlists);
  const files = new Map<string, Buffer>([
    ['index.bdmv', indexFile(numbers.length, versionOf(Object.values(specs)))],
    ['MovieObject.bdmv', movieObjects(numbers.map(Number))],
  ]);
  for (const [clip, { spec, measured }] of clips)
    files.set(`CLIPINF/${clip}.clpi`, clipInformation(spec, measured));
  for (const [number, playlist] of Object.entries(playlists))
    files.set(`PLAYLIST/${number}.mpls`, playlistFile(playlist, clips));
  for (const folder of ['BACKUP/CLIPINF', 'BACKUP/PLAYLIST'])
    await mkdir(join(bdmv, folder), { recursive: true });
  for (const [path, data] of files)
    for (const copy of ['', 'BACKUP']) await writeFile(join(bdmv, copy, path), data);
  for (const [language, name] of Object.entries(names))
    await writeFile(join(bdmv, 'META/DL', `bdmt_${language}.xml`), discLibrary(name, language));
}

/** The files by which tools recognise protection; their contents mean nothing. */
async function writeProtection({ protection }: BluraySpec, disc: string): Promise<void> {
  if (protection === undefined) return;
  for (const folder of ['AACS', 'AACS/DUPLICATE']) {
    await mkdir(join(disc, folder), { recursive: true });
    for (const name of ['Unit_Key_RO.inf', 'MKB_RO.inf'])
      await writeFile(join(disc, folder, name), Buffer.alloc(4096, name));
  }
  if (protection === 'aacs') return;
  await mkdir(join(disc, 'BDSVM'), { recursive: true });
  await writeFile(join(disc, 'BDSVM', '00000.svm'), Buffer.alloc(4096, 1));
}

async function writeImages({ label }: BluraySpec, { folder, images }: AuthoredBluray) {
  const options = ['-quiet', '-udf', '-iso-level', '3', '-allow-limited-size'];
  const env = { TZ: 'UTC' };
  await execa('genisoimage', [...options, '-V', label, '-o', images.bridge, folder], { env });
  const files = await contentsOf(folder);
  await writeUdfImage(images.udf, { label, files, metadata: false });
  await writeUdfImage(images.metadata, { label, files, metadata: true });
}

/** The files of a disc's folder by path, as an image takes them. */
export async function contentsOf(folder: string): Promise<Map<string, Content>> {
  const files = new Map<string, Content>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(relative(folder, file).split(sep).join('/'), await readFile(file));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
