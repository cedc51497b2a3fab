import { stat, statfs } from 'node:fs/promises';
import { UsageError } from './command-line.ts';
import { type NamedTitle, type OpenedDisc, openDisc } from './open-disc.ts';
import { forEver } from './pace.ts';
import type { RunContext } from './run-context.ts';
import { createRunProgress } from './run-progress.ts';
import { type SaveEnd, saveTitle } from './save-title.ts';
import { faultAt } from './scenario.ts';

const MEGABYTE = 1024 * 1024;

/** `mkv SOURCE all|ID FOLDER`: opens the disc anew, then saves titles under their suggested names. */
export async function saveTitles(context: RunContext): Promise<number> {
  const [, which, folder] = context.line.parameters;
  if (which === undefined || folder === undefined) throw new UsageError('mkv SOURCE all|ID FOLDER');
  const disc = await openDisc(context);
  if (typeof disc === 'number') return disc;
  const { robot, scenario } = context;
  if (faultAt(scenario, ['lies'], { source: disc.path, command: 'mkv' })) return 0;
  const titles = disc.titles.filter(({ index }) => which === 'all' || index === Number(which));
  if (titles.length === 0) {
    robot.message(5012);
    return 0;
  }
  await assertFolder(context, folder);
  await assertSpace(context, disc.path, titles, folder);
  robot.total(5024);
  robot.message(5014, titles.length, `file://${folder}`);
  const failed = await saveAll(context, disc, titles, folder);
  await disc.medium.close();
  tellResult(context, titles.length - failed, failed);
  return 0;
}

/** Returns how many titles could not be saved: all that are left when the disc is gone. */
async function saveAll(
  context: RunContext,
  disc: OpenedDisc,
  titles: readonly NamedTitle[],
  folder: string,
): Promise<number> {
  const { robot } = context;
  const progress = createRunProgress(robot, titles);
  let failed = 0;
  let end: SaveEnd = 'saved';
  for (const [place, named] of titles.entries()) {
    robot.current(5057, place);
    progress.at(place, 0);
    robot.current(5017, place);
    const told = (share: number) => progress.at(place, share);
    if (end !== 'removed') end = await saveTitle(context, { disc, named, folder, told });
    if (end === 'saved') continue;
    failed++;
    robot.message(5003, named.index, named.name);
  }
  return failed;
}

function tellResult({ robot }: RunContext, saved: number, failed: number): void {
  if (failed === 0) {
    robot.message(5005, saved);
    robot.message(5036, saved);
  } else {
    robot.message(5004, saved, failed);
    robot.message(5037, saved, failed);
  }
}

/** The program asks before it makes a folder; nobody answers through a pipe. */
async function assertFolder({ robot }: RunContext, folder: string): Promise<void> {
  if (await stat(folder).catch(() => null)) return;
  robot.message(5013, folder);
  await forEver();
}

async function assertSpace(
  { robot, scenario }: RunContext,
  source: string,
  titles: readonly NamedTitle[],
  folder: string,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = titles.reduce((sum, { title }) => sum + title.bytes, 0);
  const fault = faultAt(scenario, ['question'], { source, command: 'mkv' });
  if (!fault && needed <= bavail * bsize) return;
  if (fault?.code === 5001) robot.message(5001, `${folder}/${titles[0]?.name}`);
  else robot.message(5038, Math.ceil(needed / MEGABYTE), Math.floor((bavail * bsize) / MEGABYTE));
  await forEver();
}
