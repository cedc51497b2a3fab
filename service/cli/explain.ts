import type { Findings, TitleFinding } from '../contract/findings.ts';
import type { JobSnapshot } from '../contract/job.ts';
import type { Match, Title } from '../contract/title.ts';
import { durationInWords } from '../duration-in-words.ts';
import { DiscflowError } from '../errors.ts';
import { unknownJob } from '../jobs/book.ts';
import { episodeCode } from '../match/episode-code.ts';
import { openQuestions } from '../review/open-questions.ts';
import { jobId } from './job-commands.ts';
import { nameOfJob } from './job-lines.ts';
import { type Paint, paintFor } from './paint.ts';
import { possibilityInWords } from './possibility-words.ts';
import type { ServiceClient } from './service-client.ts';
import { fromServiceOrStore } from './service-or-store.ts';
import { readSettings } from './settings.ts';
import { count, printable } from './words.ts';

interface Explained {
  job: JobSnapshot;
  findings: Findings | null;
}

/** Prints what the titles of discs were taken for, and why. @returns the exit code */
export async function explainJobs(
  ids: readonly string[],
  { data, json }: { data?: string; json?: boolean },
): Promise<number> {
  const { config } = await readSettings(data);
  const paint = paintFor(process.stdout);
  for (const id of ids.map(jobId)) {
    const [known] = await fromServiceOrStore<Explained>(config, {
      ask: (service) => explained(service, id),
      read: async (stored) => [await stored.find(id)].filter((one) => one !== null),
    });
    if (!known) throw unknownJob(id);
    const { job, findings } = known;
    if (json) process.stdout.write(`${JSON.stringify({ job: job.id, findings })}\n`);
    else process.stdout.write(`${explanationInWords(known, paint).join('\n')}\n`);
  }
  return 0;
}

/** A job that the service does not know may be one of a run without it. */
async function explained({ request }: ServiceClient, id: string): Promise<Explained[]> {
  try {
    const [{ job }, { findings }] = await Promise.all([
      request('job/get', { job: id }),
      request('job/explain', { job: id }),
    ]);
    return [{ job, findings }];
  } catch (error) {
    if (error instanceof DiscflowError && error.code === 'unknown-job') return [];
    throw error;
  }
}

/** A line for each title that is wanted, what it may be below, and what is wrong with references at the end. */
export function explanationInWords({ job, findings }: Explained, paint: Paint): string[] {
  const titles = job.titles.filter(({ wanted }) => wanted);
  const notes = findings?.notes ?? [];
  return [
    `${paint('bold', nameOfJob(job))}  ${paint('gray', job.id)}`,
    ...(findings ? comparedWith(findings).map((line) => `  ${line}`) : []),
    ...titles.flatMap((title) => titleInWords(title, job, { findings, paint })),
    ...notes.map((note) => `  ${paint('yellow', '!')} ${printable(note)}`),
  ];
}

function comparedWith({ references, seasons, show }: Findings): string[] {
  if (references === 0) return ['There were no references to compare with.'];
  const [season, ...others] = seasons;
  if (season === undefined || others.length > 0)
    return [`Compared with ${count(references, 'reference')}.`];
  const list = `discflow references "${printable(show.title)}" --season ${season}`;
  return [`Compared with ${count(references, 'reference')} of season ${season}: ${list}`];
}

interface Why {
  findings: Findings | null;
  paint: Paint;
}

function titleInWords(title: Title, job: JobSnapshot, { findings, paint }: Why): string[] {
  const { id, number, duration, state, match } = title;
  const question = openQuestions(job).find(({ titles }) => titles.includes(id));
  const mark = question ? paint('yellow', '?') : match ? paint('green', '✔') : ' ';
  const taken = question ? printable(question.text) : (match && takenFor(match)) || state;
  const finding = findings?.titles.find((one) => one.id === id);
  return [
    `  ${mark} ${id}, title ${number} (${durationInWords(duration)}): ${taken}`,
    ...reasons(finding, match, paint).map((line) => `      ${line}`),
  ];
}

/** What a person said needs no measuring, but what was measured may be worth a look. */
function reasons(finding: TitleFinding | undefined, match: Match | null, paint: Paint): string[] {
  const stated = match && match.decidedBy !== 'evidence' ? match.evidence : [];
  if (!finding) return (match?.evidence ?? []).map(({ says }) => paint('gray', printable(says)));
  const { ranked, part, doubt } = finding;
  return [
    ...stated.map(({ says }) => printable(says)),
    ...ranked.flatMap((one, index) =>
      possibilityInWords(one, { paint, part: index === 0 ? part : null }),
    ),
    ...(doubt === null ? [] : [paint('yellow', printable(doubt))]),
  ];
}

function takenFor({ kind, season, episodes, name, part }: Match): string {
  if (kind === 'movie') return 'the film';
  if (kind === 'extra') return printable(name ?? 'an extra');
  return printable([episodeCode(season, episodes, part), name].filter(Boolean).join(' '));
}
