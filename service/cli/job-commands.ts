import type { JobSnapshot } from '../contract/job.ts';
import { Ulid } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import { hasEnded } from '../jobs/states.ts';
import { nameOfJob } from './job-lines.ts';
import { paintFor } from './paint.ts';
import { problemInWords } from './problem-words.ts';
import { type ServiceClient, withService } from './service-client.ts';
import { readSettings } from './settings.ts';
import { count } from './words.ts';

interface CommandOptions {
  data?: string;
  json?: boolean;
}

/** Moving files from and to a slow disk takes its time. */
export const MOVING_LIMIT_MS = 30 * 60_000;
/** A cold drive may answer late. */
const LOOK_LIMIT = { timeout: 30_000 };
/** Five tries of a tray that does not open. */
const EJECT_LIMIT = { timeout: 5 * 60_000 };

export function cancelJobs(ids: readonly string[], options: CommandOptions): Promise<number> {
  return forEachJob(ids, options, async ({ request }, job) => {
    const { job: known } = await request('job/get', { job });
    if (hasEnded(known)) throw endedAlready(known);
    const { job: after } = await request('job/cancel', { job });
    return [after, `${nameOfJob(after)} is being cancelled; what was ripped is kept for a retry`];
  });
}

export function retryJobs(
  ids: readonly string[],
  { titles, ...options }: CommandOptions & { titles?: string[] },
): Promise<number> {
  return forEachJob(ids, options, async ({ request }, job) => {
    const { job: after } = await request('job/retry', { job, ...(titles && { titles }) });
    return [after, `${nameOfJob(after)} is tried again`];
  });
}

export function undoJobs(ids: readonly string[], options: CommandOptions): Promise<number> {
  return forEachJob(ids, options, async ({ request }, job) => {
    const { job: after } = await request('job/undo', { job }, { timeout: MOVING_LIMIT_MS });
    const back = after.titles.filter(({ state }) => state === 'matched').length;
    const hint = after.blocked?.hint ?? '';
    return [after, `${nameOfJob(after)}: ${count(back, 'file')} taken back. ${hint}`];
  });
}

export function rematchJobs(ids: readonly string[], options: CommandOptions): Promise<number> {
  return forEachJob(ids, options, async ({ request }, job) => {
    const { job: after, says } = await request(
      'job/rematch',
      { job },
      { timeout: MOVING_LIMIT_MS },
    );
    return [after, `${nameOfJob(after)}: ${says}. Why: discflow explain ${job}`];
  });
}

export async function ejectDrive(drive: string, { data }: CommandOptions): Promise<number> {
  const { config } = await readSettings(data);
  await withService(config, ({ request }) => request('drive/eject', { drive }, EJECT_LIMIT));
  say(`Drive ${drive} is open, or loads its next disc`);
  return 0;
}

export async function lookIntoDrive(drive: string, { data }: CommandOptions): Promise<number> {
  const { config } = await readSettings(data);
  await withService(config, ({ request }) => request('drive/look', { drive }, LOOK_LIMIT));
  say(`Drive ${drive} was looked into; "discflow drives" says what is in it`);
  return 0;
}

type Work = (service: ServiceClient, job: string) => Promise<[JobSnapshot, string]>;

/** Goes through all of them, also after a failure. @returns 1 when any failed */
async function forEachJob(
  ids: readonly string[],
  { data, json }: CommandOptions,
  work: Work,
): Promise<number> {
  const jobs = ids.map(jobId);
  const { config } = await readSettings(data);
  return withService(config, async (service) => {
    let code = 0;
    for (const id of jobs) {
      try {
        const [job, words] = await work(service, id);
        if (json) process.stdout.write(`${JSON.stringify(job)}\n`);
        say(words);
      } catch (error) {
        process.stderr.write(`${problemInWords(error, paintFor(process.stderr))}\n`);
        code = 1;
      }
    }
    return code;
  });
}

/** Tells a person that something was done. */
export function say(words: string): void {
  process.stderr.write(`${paintFor(process.stderr)('green', '✔')} ${words}\n`);
}

/** Throws `bad-request` for what is no id of a job. */
export function jobId(text: string): string {
  const id = text.trim().toUpperCase();
  if (Ulid.safeParse(id).success) return id;
  throw new DiscflowError('bad-request', `"${text}" is no job`, {
    hint: 'A job is named by its id, 26 letters and digits: see "discflow jobs" and "discflow history".',
  });
}

function endedAlready(job: JobSnapshot): DiscflowError {
  return new DiscflowError(
    'not-possible-now',
    `${nameOfJob(job)} has ended already (${job.state})`,
    {
      hint: 'To take back what was filed: discflow undo.',
    },
  );
}
