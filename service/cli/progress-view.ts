import { createLogUpdate } from 'log-update';
import type { JobSnapshot } from '../contract/job.ts';
import { durationInWords } from '../duration-in-words.ts';
import { createPace, type Pace } from '../jobs/progress.ts';
import type { Progress } from '../jobs/step.ts';
import { sizeInWords } from '../size-in-words.ts';
import { nameOfJob } from './job-lines.ts';
import { type Paint, paintFor } from './paint.ts';

const BAR_WIDTH = 28;
const LEAST_BAR_WIDTH = 8;
const NAME_WIDTH = 32;
const DRAW_EVERY_MS = 100;
/** Without a terminal a line of progress is printed this often at most. */
const LINE_EVERY_MS = 10_000;
const verbs: Readonly<Record<string, string>> = {
  identifying: 'reading',
  ripping: 'ripping',
  organizing: 'filing',
};

/** What is going on, below the lines that stay: bars on a terminal, a line now and then elsewhere. */
export interface ProgressView {
  progressed(job: JobSnapshot, progress: Progress | null): void;
  /** Prints a line that stays. */
  say(line: string): void;
  /** Leaves the terminal to somebody else, a question for instance; what is said comes later. */
  hold(): void;
  goOn(): void;
}

/** A terminal that does not know its size, as some containers have, gets plain lines too. */
export function createProgressView(output: NodeJS.WriteStream): ProgressView {
  return output.isTTY && output.columns > 0 && output.rows > 0 ? bars(output) : plainLines(output);
}

interface Shown {
  job: JobSnapshot;
  pace: Pace;
  progress: Progress;
  paceOf: ReturnType<typeof createPace>;
}

function bars(output: NodeJS.WriteStream): ProgressView {
  const update = createLogUpdate(output);
  const paint = paintFor(output);
  const shown = new Map<string, Shown>();
  let drawnAt = 0;
  let held: string[] | null = null;

  return {
    progressed(job, progress) {
      if (progress === null) shown.delete(job.id);
      else {
        const paceOf = shown.get(job.id)?.paceOf ?? createPace();
        shown.set(job.id, { job, paceOf, progress, pace: paceOf(progress) });
      }
      if (progress === null || Date.now() - drawnAt >= DRAW_EVERY_MS) draw();
    },
    say(line) {
      if (held) {
        held.push(line);
        return;
      }
      update.clear();
      output.write(`${line}\n`);
      draw();
    },
    hold() {
      held ??= [];
      update.clear();
      update.done();
    },
    goOn() {
      const lines = held ?? [];
      held = null;
      for (const line of lines) output.write(`${line}\n`);
      draw();
    },
  };

  function draw(): void {
    if (held) return;
    drawnAt = Date.now();
    const lines = [...shown.values()].map((bar) => lineOf(bar, { paint, columns: output.columns }));
    if (lines.length > 0) update(lines.join('\n'));
    else update.clear();
  }
}

/** As much as fits on one line; the bar gives way first. */
function lineOf(
  { job, progress, pace }: Shown,
  { paint, columns }: { paint: Paint; columns: number },
): string {
  const name = nameOfJob(job);
  const shortName = name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name;
  const before = `  ${verbOf(job)} ${shortName}  ${progress.index} of ${progress.count}`;
  const speed = pace.speed === null ? '' : `  ${sizeInWords(pace.speed)}/s`;
  const left = pace.finish === null ? null : (pace.finish - Date.now()) / 1000;
  const after = `${pace.percent} %${speed}${left === null ? '' : `  ${durationInWords(left)} left`}`;
  const room = Math.min(BAR_WIDTH, columns - before.length - after.length - 5);
  const bar = room < LEAST_BAR_WIDTH ? '' : `${barOf(pace.percent, room, paint)}  `;
  const line = `${before}  ${bar}${after}`;
  return bar === '' ? line.slice(0, columns - 1) : line;
}

function barOf(percent: number, width: number, paint: Paint): string {
  const full = Math.round((percent / 100) * width);
  return paint('cyan', '█'.repeat(full)) + paint('gray', '░'.repeat(width - full));
}

function plainLines(output: NodeJS.WriteStream): ProgressView {
  const last = new Map<string, number>();
  return {
    progressed(job, progress) {
      if (progress === null) return;
      const said = last.get(job.id) ?? Date.now();
      const isDue = Date.now() - said >= LINE_EVERY_MS;
      last.set(job.id, isDue ? Date.now() : said);
      if (!isDue) return;
      const { index, count, bytesDone, bytesTotal } = progress;
      const done = `${sizeInWords(bytesDone)} of ${sizeInWords(bytesTotal)}`;
      output.write(`  ${verbOf(job)} ${nameOfJob(job)}: ${index} of ${count}, ${done}\n`);
    },
    say: (line) => void output.write(`${line}\n`),
    hold: () => undefined,
    goOn: () => undefined,
  };
}

function verbOf({ state }: JobSnapshot): string {
  return verbs[state] ?? state;
}
