import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectDisc } from '../../service/scan/inspect-disc.ts';
import { authoredBluray } from '../authoring/bluray/authored-bluray.ts';
import { padded } from '../authoring/bluray/big-endian.ts';
import { type Content, writeUdfImage } from '../authoring/bluray/udf-image.ts';
import { compareWithMkvmerge } from './against-mkvmerge.ts';
import { quantile, type Row, timed } from './statistics.ts';

/**
 * (f) A Blu-ray disc of four episodes, as a UDF 2.50 image, to the library, against mkvmerge alone on
 * the playlists of the extracted disc.
 */
export async function blurayToLibrary(runs: number): Promise<Row> {
  const disc = await authoredBluray('big');
  const image = disc.images.metadata;
  const folder = await mkdtemp(join(image, '..', 'bench-'));
  const playlists = Object.keys(disc.spec.playlists).filter((number) => number !== '00800');
  try {
    return await compareWithMkvmerge({
      what: 'a Blu-ray of four episodes, from the disc to the end of its job',
      image,
      sources: playlists.map((p) => join(disc.folder, 'BDMV', 'PLAYLIST', `${p}.mpls`)),
      read: Object.keys(disc.spec.clips).map((c) =>
        join(disc.folder, 'BDMV', 'STREAM', `${c}.m2ts`),
      ),
      folder,
      runs,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const FILES = 500;
const GOAL_MS = 50;

/** (g) The fingerprint of a Blu-ray image with as many files as a big disc has. */
export async function blurayFingerprint(): Promise<Row> {
  const folder = await mkdtemp(join((await authoredBluray('series')).folder, '..', 'bench-'));
  const image = join(folder, 'many.iso');
  try {
    await writeUdfImage(image, { label: 'MANY_FILES', files: manyFiles(), metadata: true });
    const times: number[] = [];
    for (let run = 0; run < 20; run++) times.push(await timed(() => inspectDisc(image)));
    const [middle, high] = [quantile(times, 0.5), quantile(times, 0.95)];
    return {
      what: `fingerprint of a Blu-ray image with ${FILES} streams, playlists and clips each`,
      ours: `${middle.toFixed(1)} ms`,
      against: '',
      ratio: null,
      goal: `<= ${GOAL_MS} ms`,
      reached: middle <= GOAL_MS,
      details: { 'p95 ms': Math.round(high), 'first ms': Math.round(times[0] ?? 0) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function manyFiles(): Map<string, Content> {
  const small = padded(Buffer.from('MPLS0200'), 1000);
  const numbers = Array.from({ length: FILES }, (_, index) => String(index).padStart(5, '0'));
  return new Map<string, Content>(
    numbers.flatMap((number): [string, Content][] => [
      [`BDMV/STREAM/${number}.m2ts`, { zeros: 80 * 2 ** 20 }],
      ...['', 'BACKUP/'].flatMap((copy): [string, Content][] => [
        [`BDMV/${copy}PLAYLIST/${number}.mpls`, small],
        [`BDMV/${copy}CLIPINF/${number}.clpi`, small],
      ]),
    ]),
  );
}
