import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaAccess } from '../../../service/match/evidence/media-streams.ts';
import { type JudgedFile, tallyFiles } from './judge.ts';
import { type BuiltShow, builtShow } from './making/make-show.ts';
import { matchShow, type RippedDisc, writeReferences } from './match-show.ts';
import type { FilesRow } from './report.ts';
import type { MadeShow } from './shows.ts';
import { type ReferenceFile, usualReferences, type Variation } from './variations.ts';
import { takeWholeWay } from './whole-way.ts';

export interface FilesRun {
  readonly row: FilesRow;
  readonly judged: readonly JudgedFile[];
}

/**
 * Discs of shows, made unless they are in the cache, against every variation of references; `other` is the show whose
 * subtitles were taken for theirs. Yields a row as soon as it is known.
 */
export async function* runFiles(
  shows: readonly MadeShow[],
  variations: readonly Variation[],
  { other, access }: { other: MadeShow; access: MediaAccess },
): AsyncGenerator<FilesRun> {
  const scratch = await mkdtemp(join(tmpdir(), 'discflow-match-files-'));
  try {
    const strange = await builtShow(other);
    for (const made of shows) {
      const show = await builtShow(made);
      const folder = join(scratch, show.name);
      const written = (variation: Variation) => ({
        references: join(folder, variation.name),
        write: () =>
          writeReferences(join(folder, variation.name), show, { variation, other: strange }),
      });
      const { discs, run } = await rippedDiscs(show, folder, written(usualReferences));
      if (run) yield run;
      for (const variation of variations) {
        const started = performance.now();
        const { references, write } = written(variation);
        const files = await write();
        const judged = await matchShow(show, discs, { references, files }, access);
        yield resultOf({ show: show.name, variation: variation.name, files, judged, started });
      }
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** Folders as they are; images after they went the whole way with references. */
async function rippedDiscs(
  show: BuiltShow,
  scratch: string,
  { references, write }: { references: string; write: () => Promise<readonly ReferenceFile[]> },
): Promise<{ discs: RippedDisc[]; run: FilesRun | null }> {
  const started = performance.now();
  const discs: RippedDisc[] = [];
  const judged: JudgedFile[] = [];
  const files = await write();
  for (const disc of show.discs) {
    if (disc.kind === 'folder') {
      const titles = disc.titles.flatMap(({ file, episodes }) =>
        file ? [{ file, episodes }] : [],
      );
      discs.push({ name: disc.name, folder: join(show.folder, disc.path), titles });
      continue;
    }
    const folder = join(scratch, `${disc.name} whole way`);
    const taken = await takeWholeWay(show, disc, { references, files, folder });
    discs.push(taken.ripped);
    judged.push(...taken.judged);
  }
  const variation = 'usual, image to library';
  const run = resultOf({ show: show.name, variation, files, judged, started });
  return { discs, run: judged.length > 0 ? run : null };
}

function resultOf({
  show,
  variation,
  files,
  judged,
  started,
}: {
  show: string;
  variation: string;
  files: readonly ReferenceFile[];
  judged: readonly JudgedFile[];
  started: number;
}): FilesRun {
  const seconds = (performance.now() - started) / 1000;
  const isGood = files.length > 0 && files.every((file) => file.isGood);
  return { judged, row: { show, variation, seconds, isGood, ...tallyFiles(judged) } };
}
