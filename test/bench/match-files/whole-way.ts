import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { JobSnapshot } from '../../../service/contract/job.ts';
import type { Title } from '../../../service/contract/title.ts';
import { offline } from '../../offline.ts';
import { type JudgedFile, judge, type Said } from './judge.ts';
import type { BuiltDisc, BuiltShow } from './making/make-show.ts';
import type { RippedDisc } from './match-show.ts';
import type { ReferenceFile } from './variations.ts';

const MINUTES = 10;
/** Something is asked: an answer, not a failure. */
const ASKED = 2;

interface Given {
  readonly references: string;
  readonly files: readonly ReferenceFile[];
  /** For the library and everything else; kept until the ripped files are not needed any more. */
  readonly folder: string;
}

/** An image through scan, rip, match and filing, as `discflow run` takes it; and what was ripped, as a folder. */
export async function takeWholeWay(
  show: BuiltShow,
  disc: BuiltDisc,
  { references, files, folder }: Given,
): Promise<{ judged: JudgedFile[]; ripped: RippedDisc }> {
  const job = await runImage(join(show.folder, disc.path), { references, folder });
  const ripped = join(folder, 'ripped');
  await mkdir(ripped, { recursive: true });
  const judged: JudgedFile[] = [];
  const titles: RippedDisc['titles'][number][] = [];
  for (const title of job.titles) {
    const truth = disc.titles.find(({ number }) => number === title.number)?.episodes ?? [];
    const path = title.filed?.path ?? title.file;
    if (title.role === 'play-all' || path === null) continue;
    judged.push(
      judge(show, files, { title: `${disc.name} ${title.id}`, truth, said: saidOf(title) }),
    );
    const file = `${title.id}.mkv`;
    await link(path, join(ripped, file));
    titles.push({ file, episodes: truth });
  }
  return { judged, ripped: { name: disc.name, folder: ripped, titles } };
}

async function runImage(
  image: string,
  { references, folder }: Omit<Given, 'files'>,
): Promise<JobSnapshot> {
  const library = join(folder, 'library');
  await mkdir(library, { recursive: true });
  const program = ['--import', 'tsx', 'service/main.ts', '--data', join(folder, 'data')];
  const args = ['run', image, '--library', library, '--references', references, '--json'];
  const { stdout, stderr, exitCode } = await execa(process.execPath, [...program, ...args], {
    ...{ env: offline, timeout: MINUTES * 60_000, reject: false },
  });
  if (exitCode !== 0 && exitCode !== ASKED)
    throw new Error(`${image} ended with ${exitCode}: ${stderr.slice(-500)}`);
  return JobSnapshot.parse(JSON.parse(stdout));
}

/** A title that waits for an answer has at most a proposal. */
function saidOf({ match, state }: Title): Said {
  const isTaken = match?.decidedBy === 'evidence' && state !== 'review';
  const episodes = (match?.episodes ?? []).map((episode) => ({
    ...{ season: match?.season ?? 0, episode },
  }));
  return { episodes, verdict: isTaken ? 'accept' : 'ask', doubt: null };
}
