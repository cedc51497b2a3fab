import { blurayFiles, contentHash, unitKeyId } from '../fingerprint.ts';
import type { Medium } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import type { BlurayScan, BlurayTitle } from '../record.ts';
import { findRelationsInTurns } from '../relations.ts';
import { damagedStructure } from '../structure.ts';
import { type Clips, readClips } from './clips.ts';
import { discName } from './disc-name.ts';
import { findEncryption } from './encryption.ts';
import { type Mpls, parseMpls } from './mpls.ts';
import { bdmvNumbers, readBdmv } from './read-bdmv.ts';
import { bareSeconds, describeBareStream, describePlaylist } from './title.ts';

interface Options {
  signal?: AbortSignal;
}

/** A stream that no playlist plays is a title from this length on; what is shorter is a menu's background. */
const SHORTEST_BARE_STREAM_SECONDS = 20;
/** All playlists of a disc have some 20 MiB at most; more would be made to fill the memory and is not read. */
const MOST_PLAYLIST_BYTES = 64 * 1024 * 1024;

/**
 * Reads everything that a Blu-ray disc's own structure says, which is readable on encrypted discs,
 * too. Playlists that cannot be read are named in `unreadable`, the others are listed. Throws
 * `disc-unreadable` when there is no title that can be read, `disc-removed` when the disc is gone.
 */
export async function scanBluray(medium: Medium, { signal }: Options = {}): Promise<BlurayScan> {
  const damaged: string[] = [];
  const clips = await readClips(medium, damaged, signal);
  const { playlists, unreadable } = await readPlaylists(medium, damaged, signal);
  const described = [
    ...[...playlists].flatMap(([number, mpls]) => playable(number, mpls, clips, damaged)),
    ...bareStreams(playlists, clips),
  ];
  const titles = await findRelationsInTurns(described);
  if (titles.length === 0)
    throw damagedStructure([...damaged, ...reasons(unreadable)].join('; ') || 'it has no titles');
  const files = blurayFiles(medium);
  return {
    v: 1,
    structure: 'mpls',
    kind: (await isUhd(medium, playlists, titles)) ? 'uhd' : 'bluray',
    source: medium.source,
    label: medium.label,
    name: await discName(medium),
    fingerprint: contentHash(files),
    globalId: await unitKeyId(medium),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    encryption: await findEncryption(medium, { signal }),
    titles,
    unreadable,
    damaged,
  };
}

function reasons(unreadable: BlurayScan['unreadable']): string[] {
  return unreadable.map(({ reason }) => reason);
}

async function readPlaylists(medium: Medium, damaged: string[], signal: AbortSignal | undefined) {
  const playlists = new Map<string, Mpls>();
  const unreadable: BlurayScan['unreadable'] = [];
  let bytes = 0;
  for (const number of bdmvNumbers(medium, 'PLAYLIST', 'MPLS')) {
    signal?.throwIfAborted();
    if (bytes > MOST_PLAYLIST_BYTES) {
      damaged.push(`Its playlists are too big to be read; those from ${number} on are left out`);
      break;
    }
    try {
      const file = await readBdmv(medium, `PLAYLIST/${number}.MPLS`, parseMpls);
      playlists.set(number, file.value);
      bytes += file.data.length;
      if (file.damaged) damaged.push(file.damaged);
    } catch (error) {
      if (!isDamage(error)) throw error;
      const reason = `Playlist ${number} cannot be read: ${error.message}`;
      unreadable.push({ number: Number(number), reason });
    }
  }
  return { playlists, unreadable };
}

/** Nothing for a playlist of which no clip is on the disc: it plays what would come from the internet. */
function playable(number: string, mpls: Mpls, clips: Clips, damaged: string[]): BlurayTitle[] {
  const names = [...new Set(mpls.items.map(({ clip }) => clip))];
  const missing = names.filter((clip) => !clips.bytes.has(clip));
  if (missing.length === names.length) return [];
  if (missing.length > 0)
    damaged.push(`Playlist ${number} plays clips that are missing: ${missing.join(', ')}`);
  return [describePlaylist(number, mpls, clips)];
}

function bareStreams(playlists: ReadonlyMap<string, Mpls>, clips: Clips): BlurayTitle[] {
  const played = new Set(
    [...playlists.values()].flatMap(({ items, subPaths }) => [
      ...items.flatMap(({ clip, angles }) => [clip, ...angles]),
      ...subPaths.flatMap((path) => path.clips),
    ]),
  );
  return [...clips.information].flatMap(([clip, information]) => {
    if (played.has(clip) || information === null) return [];
    if (bareSeconds(information) < SHORTEST_BARE_STREAM_SECONDS) return [];
    return [describeBareStream(clip, information, clips.bytes.get(clip) ?? 0)];
  });
}

const uhdVersion = '0300';

/** Ultra HD discs have structures of version 3, and HEVC is on no other disc. */
async function isUhd(
  medium: Medium,
  playlists: ReadonlyMap<string, Mpls>,
  titles: readonly BlurayTitle[],
): Promise<boolean> {
  if ([...playlists.values()].some(({ version }) => version === uhdVersion)) return true;
  if (titles.some(({ video }) => video.codec === 'hevc')) return true;
  return (await indexVersion(medium)) === uhdVersion;
}

async function indexVersion(medium: Medium): Promise<string | null> {
  const parse = (data: Buffer) => {
    if (data.toString('latin1', 0, 4) !== 'INDX') throw damagedStructure('INDEX.BDMV');
    return data.toString('latin1', 4, 8);
  };
  try {
    return (await readBdmv(medium, 'INDEX.BDMV', parse)).value;
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}
