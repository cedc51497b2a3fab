import { styleText } from 'node:util';
import type { JobEvent } from '../contract/event.ts';
import type { JobDocument } from '../jobs/document.ts';
import { durationInWords } from './words.ts';

/** What a change of a job means for somebody who watches, a line each; most changes are silent. */
export function linesFor(job: JobDocument, events: readonly JobEvent[]): string[] {
  return events.flatMap((event) => lineFor(job, event) ?? []);
}

function lineFor(job: JobDocument, event: JobEvent): string | null {
  switch (event.event_type) {
    case 'job-created':
      return `${styleText('cyan', '●')} ${job.disc.label || job.disc.source}`;
    case 'job-reopened':
      return `${styleText('cyan', '●')} ${job.disc.label} goes on where it stopped`;
    case 'step-ended':
      return event.step === 'identify' && event.to === 'done' ? identified(job) : null;
    case 'title-state':
      return titleLine(job, event);
    case 'job-state':
      return jobLine(job, event);
    default:
      return null;
  }
}

function identified({ identity, titles }: JobDocument): string {
  const wanted = titles.filter((title) => title.wanted);
  const seconds = wanted.reduce((sum, { duration }) => sum + duration, 0);
  const what = identity?.title ?? 'unknown';
  return `  ${what}: ${wanted.length} of ${titles.length} titles, ${durationInWords(seconds)}`;
}

function titleLine(job: JobDocument, { title: id, to }: JobEvent): string | null {
  const title = job.titles.find((known) => known.id === id);
  if (!title) return null;
  if (to === 'ripped')
    return `  ripped ${title.id} (${title.role}, ${durationInWords(title.duration)})`;
  if (to === 'completed') return `  ${styleText('green', '✔')} ${title.filed?.path ?? title.id}`;
  if (to === 'failed') return `  ${styleText('red', '✗')} ${title.id}: ${title.error?.message}`;
  return null;
}

function jobLine(job: JobDocument, { to }: JobEvent): string | null {
  if (to === 'waiting' && job.blocked)
    return `${styleText('yellow', '…')} ${job.blocked.cause}\n  ${job.blocked.hint}`;
  if (to === 'failed' && job.error)
    return `${styleText('red', '✗')} ${job.error.message}\n  ${job.error.hint}`;
  if (to === 'completed' && job.owned)
    return `  This disc arrived before (job ${job.owned.job}); it is not ripped again.`;
  return null;
}
