import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscflowError } from '../../errors.ts';
import { type Clip, parseClpi } from '../../scan/bluray/clpi.ts';
import { parseMpls } from '../../scan/bluray/mpls.ts';
import { readBdmv } from '../../scan/bluray/read-bdmv.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import { isDamage } from '../../scan/medium/read-failure.ts';
import type { BlurayTitle } from '../../scan/record.ts';
import { neededClips } from './needed-clips.ts';

/** Folders and file names as mkvmerge looks for them from a playlist. */
export interface DiscLayout {
  playlists: string;
  clipInformation: string;
  streams: string;
  index: string;
}

export function discLayout(workFolder: string): DiscLayout {
  const folder = (name: string) => join(workFolder, 'BDMV', name);
  return {
    playlists: folder('PLAYLIST'),
    clipInformation: folder('CLIPINF'),
    streams: folder('STREAM'),
    index: folder('index.bdmv'),
  };
}

/**
 * Writes a title's playlist and clip information into the layout, from the backup where the
 * original is damaged. Clip information that cannot be read at all is left out: mkvmerge can do
 * without. Throws `tool-failed` for clips that mkvmerge cannot join.
 * @returns the file that mkvmerge is given
 */
export async function writePlaylist(
  medium: Medium,
  title: BlurayTitle,
  layout: DiscLayout,
): Promise<string> {
  await mkdir(layout.playlists, { recursive: true });
  await mkdir(layout.clipInformation, { recursive: true });
  // mkvmerge knows a disc by this file alone and does not look into it.
  await writeFile(layout.index, '');
  const clips = new Map<string, Clip>();
  for (const clip of neededClips(title)) {
    const file = await readBdmv(medium, `CLIPINF/${clip}.CLPI`, parseClpi).catch(unlessDamaged);
    if (!file) continue;
    clips.set(clip, file.value);
    await writeFile(join(layout.clipInformation, `${clip}.clpi`), file.data);
  }
  assertSameTracks(title, clips);
  const { playlist } = title;
  if (playlist === null) return join(layout.streams, `${title.items[0]?.clip}.m2ts`);
  const { data } = await readBdmv(medium, `PLAYLIST/${playlist}.MPLS`, parseMpls);
  const path = join(layout.playlists, `${playlist}.mpls`);
  await writeFile(path, data);
  return path;
}

function unlessDamaged(error: unknown): undefined {
  if (!isDamage(error)) throw error;
}

/**
 * mkvmerge takes the tracks of a playlist's first clip and appends those of the others to them: what
 * only later clips have would be lost without a word.
 */
function assertSameTracks({ number, items }: BlurayTitle, clips: ReadonlyMap<string, Clip>): void {
  const tracks = items.flatMap(({ clip }) => {
    const known = clips.get(clip);
    return known ? [trackIds(known).join()] : [];
  });
  if (new Set(tracks).size <= 1) return;
  throw new DiscflowError(
    'tool-failed',
    `The clips of title ${number} have different tracks, and mkvmerge cannot join them`,
    { hint: 'Rip this title with MakeMKV; the others are not affected.' },
  );
}

function trackIds({ streams }: Clip): number[] {
  const tracks = streams.filter(({ type }) => type !== 'other');
  return tracks.map(({ streamId }) => streamId).sort((a, b) => a - b);
}
