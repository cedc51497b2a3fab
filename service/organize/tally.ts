import type { Title } from '../contract/title.ts';
import type { StepContext } from '../jobs/step.ts';
import { fileFacts } from './file-facts.ts';

/** Progress over all titles of a run. */
export interface Tally {
  begin(title: Title): (bytes: number) => void;
  end(title: Title): void;
}

/** Counts what is copied; a file that only gets a new name counts whole when it is there. */
export async function progressOf(context: StepContext, titles: readonly Title[]): Promise<Tally> {
  const sizes = new Map<string, number>();
  for (const { id, file } of titles)
    sizes.set(id, (file === null ? null : await fileFacts(file))?.bytes ?? 0);
  const bytesTotal = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  let bytesDone = 0;
  let before = 0;
  const say = (title: Title) =>
    context.progress({
      title: title.id,
      index: titles.indexOf(title) + 1,
      count: titles.length,
      bytesDone,
      bytesTotal,
    });
  return {
    begin(title) {
      before = bytesDone;
      say(title);
      return (bytes) => {
        bytesDone += bytes;
        say(title);
      };
    },
    end(title) {
      bytesDone = before + (sizes.get(title.id) ?? 0);
      say(title);
    },
  };
}
