import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { JobDocument } from '../jobs/document.ts';
import { createPace } from '../jobs/progress.ts';
import type { Progress } from '../jobs/step.ts';
import { durationInWords, sizeInWords } from './words.ts';

const BAR_WIDTH = 28;
/** Without a terminal a line of progress is printed this often at most. */
const LINE_EVERY_MS = 10_000;
const verbs = { identifying: 'reading', ripping: 'ripping', organizing: 'filing' };

/** What is going on, below the lines that stay: bars on a terminal, a line now and then elsewhere. */
export interface ProgressView {
  progressed(job: JobDocument, progress: Progress | null): void;
  /** Prints a line that stays. */
  say(line: string): void;
  /** Hides the bars, for a question or at the end. */
  pause(): void;
}

export function createProgressView(output: NodeJS.WriteStream): ProgressView {
  return output.isTTY ? bars(output) : plainLines(output);
}

function bars(output: NodeJS.WriteStream): ProgressView {
  const update = createLogUpdate(output);
  const shown = new Map<string, { line: string; paceOf: ReturnType<typeof createPace> }>();
  const draw = () => update([...shown.values()].map(({ line }) => line).join('\n'));
  return {
    progressed(job, progress) {
      if (progress === null) shown.delete(job.id);
      else {
        const paceOf = shown.get(job.id)?.paceOf ?? createPace();
        shown.set(job.id, { paceOf, line: barOf(job, progress, paceOf(progress)) });
      }
      draw();
    },
    say(line) {
      update.clear();
      output.write(`${line}\n`);
      draw();
    },
    pause() {
      shown.clear();
      update.clear();
    },
  };
}

function barOf(
  job: JobDocument,
  progress: Progress,
  pace: ReturnType<ReturnType<typeof createPace>>,
) {
  const full = Math.round((pace.percent / 100) * BAR_WIDTH);
  const bar = styleText('cyan', '█'.repeat(full)) + styleText('gray', '░'.repeat(BAR_WIDTH - full));
  const speed = pace.speed === null ? '' : `${sizeInWords(pace.speed)}/s`;
  const left = pace.finish === null ? '' : durationInWords((pace.finish - Date.now()) / 1000);
  const place = `${progress.index} of ${progress.count}`;
  const label = (job.identity?.title ?? job.disc.label).slice(0, 28);
  return `  ${verbOf(job)} ${label} ${place} ${bar} ${pace.percent} %  ${speed}  ${left}`;
}

function plainLines(output: NodeJS.WriteStream): ProgressView {
  const last = new Map<string, number>();
  return {
    progressed(job, progress) {
      const since = Date.now() - (last.get(job.id) ?? 0);
      if (progress === null || since < LINE_EVERY_MS) return;
      last.set(job.id, Date.now());
      const done = `${sizeInWords(progress.bytesDone)} of ${sizeInWords(progress.bytesTotal)}`;
      output.write(`  ${verbOf(job)} ${progress.index} of ${progress.count}, ${done}\n`);
    },
    say: (line) => void output.write(`${line}\n`),
    pause: () => undefined,
  };
}

function verbOf({ state }: JobDocument): string {
  return state in verbs ? verbs[state as keyof typeof verbs] : state;
}
