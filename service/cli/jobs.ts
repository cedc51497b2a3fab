import { z } from 'zod';
import type { JobSnapshot } from '../contract/job.ts';
import { DriveState } from '../contract/station.ts';
import { durationInWords } from '../duration-in-words.ts';
import { openQuestions } from '../review/open-questions.ts';
import { nameOfJob } from './job-lines.ts';
import { openJobs } from './open-jobs.ts';
import { type Colour, type Paint, paintFor } from './paint.ts';
import type { ServiceClient } from './service-client.ts';
import { fromServiceOrStore } from './service-or-store.ts';
import { readSettings } from './settings.ts';
import { tableOf } from './table.ts';
import { count, printable } from './words.ts';

interface Row {
  job: JobSnapshot;
  /** Of the drive that reads the job's disc; null when none does. */
  drive: DriveState | null;
}

const colours: Partial<Record<JobSnapshot['state'], Colour>> = {
  review_needed: 'yellow',
  waiting: 'yellow',
  ripping: 'cyan',
};

/** Prints the jobs that have not ended. @returns the exit code */
export async function listJobs({ data, json }: { data?: string; json?: boolean }): Promise<number> {
  const { config } = await readSettings(data);
  const rows = await fromServiceOrStore<Row>(config, {
    ask: withProgress,
    read: (stored) => stored.open().map((job) => ({ job, drive: null })),
  });
  if (json) process.stdout.write(`${JSON.stringify(rows.map(({ job }) => job))}\n`);
  else process.stdout.write(`${wordsFor(rows, paintFor(process.stdout)).join('\n')}\n`);
  return 0;
}

/** The drives' retained states arrive before the answers to requests that follow the subscription. */
async function withProgress(service: ServiceClient): Promise<Row[]> {
  const { client, topics } = service;
  const drives = new Map<string, DriveState>();
  client.on('message', (_topic, payload) => {
    const { data } = z.string().transform(parseJson).pipe(DriveState).safeParse(payload.toString());
    if (data?.job) drives.set(data.job, data);
  });
  await client.subscribeAsync(topics.driveState('+'), { qos: 1 });
  const jobs = await openJobs(service);
  return jobs.map((job) => ({ job, drive: drives.get(job.id) ?? null }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wordsFor(rows: readonly Row[], paint: Paint): string[] {
  if (rows.length === 0) return ['Nothing is going on.'];
  const [heading = '', ...lines] = tableOf<Row>(
    [
      { heading: 'STATE', cell: ({ job }) => stateOf(job, paint) },
      { heading: 'DISC', cell: ({ job }) => nameOfJob(job) },
      { heading: 'DRIVE', cell: ({ job }) => job.drive },
      { heading: 'PROGRESS', cell: ({ drive, job }) => progressOf(drive) || placeOf(job) },
      { heading: 'JOB', cell: ({ job }) => job.id },
    ],
    rows,
  );
  return [
    paint('gray', heading),
    ...rows.flatMap((row, i) => [lines[i] ?? '', ...notesOn(row.job)]),
  ];
}

function stateOf({ state }: JobSnapshot, paint: Paint): string {
  const words = state.replace('_', ' ');
  const colour = colours[state];
  return colour ? paint(colour, words) : words;
}

function progressOf(drive: DriveState | null): string {
  if (drive?.progress === null || drive?.progress === undefined) return '';
  const { progress, reading, finish } = drive;
  const left = finish === null ? null : (Date.parse(finish) - Date.now()) / 1000;
  return [`${progress} %`, reading, left !== null && `${durationInWords(left)} left`]
    .filter(Boolean)
    .join(', ');
}

/** What a step is at that needs no drive: "t03, 2 of 4". */
function placeOf({ progress }: JobSnapshot): string {
  if (!progress) return '';
  const { title, index, count } = progress;
  return [title, `${index} of ${count}`].filter(Boolean).join(', ');
}

/** What somebody can do for the job, below its line. */
function notesOn(job: JobSnapshot): string[] {
  const open = openQuestions(job).length;
  return [
    ...(job.state === 'waiting' && job.blocked
      ? [`  ${printable(job.blocked.cause)}`, `  ${printable(job.blocked.hint)}`]
      : []),
    ...(open > 0 ? [`  ${count(open, 'open question')}: answer with "discflow review"`] : []),
  ];
}
