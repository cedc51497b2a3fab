import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Title } from '../contract/title.ts';
import { systemCode } from '../errors.ts';
import type { StepContext } from '../jobs/step.ts';

/**
 * Makes the job agree with the disk after a crash: a title that was being ripped and whose file has
 * its final name is ripped (only whole files get it), a ripped one whose file is gone is to be read
 * again.
 */
export async function recoverTitles(context: StepContext, folder: string): Promise<void> {
  const arrived: Title[] = [];
  const lost: Title[] = [];
  for (const title of context.job().titles) {
    const there = await exists(title.file ?? join(folder, `${title.id}.mkv`));
    if (title.wanted && title.state === 'ripping' && there) arrived.push(title);
    if (title.wanted && title.state === 'ripped' && !there) lost.push(title);
  }
  if (arrived.length + lost.length === 0) return;
  await context.update((draft) => {
    for (const title of draft.titles) {
      if (arrived.some(({ id }) => id === title.id)) {
        title.state = 'ripped';
        title.file = join(folder, `${title.id}.mkv`);
      } else if (lost.some(({ id }) => id === title.id)) {
        title.state = 'pending';
        title.file = null;
      }
    }
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
