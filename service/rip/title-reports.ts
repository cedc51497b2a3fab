import { rm } from 'node:fs/promises';
import type { Title } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import { toProblem } from '../errors.ts';
import type { StepContext } from '../jobs/step.ts';
import type { TitleReports, WantedTitle } from './wanted-title.ts';

/**
 * Writes what happens to titles into the job: one update for each transition, none for progress.
 */
export function createTitleReports(
  context: StepContext,
  titles: readonly WantedTitle[],
): TitleReports {
  const count = titles.length;
  const bytesTotal = bytesOf(titles);
  /** Titles that were read before the current one, in whatever order: a failed one is behind us, too. */
  const behind = new Map<TitleId, number>();
  let [current, read] = ['', 0];
  const change = async (id: TitleId, edit: (title: Title) => void) => {
    await context.update((draft) => {
      const title = draft.titles.find((each) => each.id === id);
      if (title) edit(title);
    });
  };
  return {
    async started({ id, file }) {
      // A file of an earlier attempt would look like the result of this one after a crash.
      await rm(file, { force: true });
      await change(id, (title) => {
        title.state = 'ripping';
        title.error = null;
      });
    },
    ripped: ({ id, file }) =>
      change(id, (title) => {
        title.state = 'ripped';
        title.file = file;
      }),
    failed: ({ id }, error) =>
      change(id, (title) => {
        title.state = 'failed';
        title.error = toProblem(error);
      }),
    returned: ({ id }) =>
      change(id, (title) => {
        title.state = 'pending';
      }),
    read({ id, title }, bytes) {
      if (id !== current) read = 0;
      read += bytes;
      current = id;
      behind.set(id, title.bytes);
      // Whole titles before this one: of angles only one is read, and a failed one ends early.
      const done = [...behind.values()].reduce((sum, each) => sum + each, 0);
      const bytesDone = done - title.bytes + read;
      context.progress({ title: id, index: behind.size, count, bytesDone, bytesTotal });
    },
  };
}

function bytesOf(titles: readonly WantedTitle[]): number {
  return titles.reduce((sum, { title }) => sum + title.bytes, 0);
}
