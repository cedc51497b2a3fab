import type { JobEvent } from '../contract/event.ts';
import type { IdentityStatement } from '../contract/identity.ts';
import type { JobSnapshot } from '../contract/job.ts';
import type { Problem } from '../contract/problem.ts';
import { durationInWords } from '../duration-in-words.ts';
import { episodeCode } from '../match/episode-code.ts';
import type { Paint } from './paint.ts';
import { count, printable } from './words.ts';

interface Style {
  paint: Paint;
  /** Several jobs go on side by side, so a line says whose it is. */
  many: boolean;
}

/** What a change of a job means for somebody who watches, a line each; most changes are silent. */
export function linesFor(job: JobSnapshot, events: readonly JobEvent[], style: Style): string[] {
  return events.flatMap((event) => lineFor(job, event, style) ?? []);
}

function lineFor(job: JobSnapshot, event: JobEvent, style: Style): string | null {
  const { paint } = style;
  switch (event.event_type) {
    case 'job-created':
      return `${paint('cyan', '●')} ${nameOfDisc(job)}`;
    case 'job-reopened':
      return goesOn(job, paint);
    case 'step-ended':
      return event.step === 'identify' && event.to === 'done' ? identified(job) : null;
    case 'title-state':
      return titleLine(job, event, style);
    case 'job-state':
      return stateLine(job, event, style);
    default:
      return null;
  }
}

export function goesOn(job: JobSnapshot, paint: Paint): string {
  return `${paint('cyan', '●')} ${nameOfDisc(job)} goes on where it stopped`;
}

/** "Harbour Lights, season 1, disc 1", or what the disc calls itself. */
export function nameOfJob({ identity, disc }: Pick<JobSnapshot, 'identity' | 'disc'>): string {
  return identity?.title ? nameOfIdentity(identity) : nameOfDisc({ disc });
}

function nameOfIdentity({ title, year, season, disc }: IdentityStatement): string {
  const facts = [
    `${title}${year ? ` (${year})` : ''}`,
    season === null ? null : `season ${season}`,
    disc === null ? null : `disc ${disc}`,
  ];
  return printable(facts.filter(Boolean).join(', '));
}

export function nameOfDisc({ disc }: Pick<JobSnapshot, 'disc'>): string {
  return printable(disc.label || disc.source);
}

function identified(job: JobSnapshot): string {
  const wanted = job.titles.filter((title) => title.wanted);
  const seconds = wanted.reduce((sum, { duration }) => sum + duration, 0);
  const all = count(job.titles.length, 'title');
  const chosen = `${wanted.length} of ${all}, ${durationInWords(seconds)}`;
  const titles = wanted.length > 0 ? chosen : all;
  const { leftOut = 0 } = job.disc;
  const more = leftOut > 0 ? `; ${leftOut} more on the disc are too many and were left out` : '';
  return `  ${nameOfJob(job)}: ${titles}${more}`;
}

function titleLine(job: JobSnapshot, { title: id, to, from }: JobEvent, style: Style) {
  const title = job.titles.find((known) => known.id === id);
  if (!title) return null;
  const { number, role, duration, filed, error } = title;
  if (to === 'ripped' && from === 'ripping')
    return `  ${whose(job, style)}ripped title ${number} (${role}, ${durationInWords(duration)})`;
  if (to === 'matched' && from === 'matching') return matchLine(job, title, style);
  if (to === 'completed') return `  ${style.paint('green', '✔')} ${printable(filed?.path ?? '')}`;
  if (to === 'failed' && error)
    return trouble(
      `${whose(job, style)}title ${number}: ${printable(error.message)}`,
      error,
      style,
    );
  return null;
}

/** What decided that a title is this episode; what only its place says is told by the question about it. */
function matchLine(
  job: JobSnapshot,
  { number, match }: JobSnapshot['titles'][number],
  style: Style,
) {
  const [reason] = match?.evidence ?? [];
  if (match?.kind !== 'episode' || match.decidedBy !== 'evidence' || !reason) return null;
  const code = episodeCode(match.season, match.episodes, match.part);
  return `  ${whose(job, style)}title ${number} is ${code}: ${printable(reason.says)}`;
}

function stateLine(job: JobSnapshot, { from, to }: JobEvent, style: Style): string | null {
  if (to === 'waiting' && job.blocked) {
    const { cause, hint } = job.blocked;
    const mark = style.paint('yellow', '…');
    return `  ${mark} ${named(job, cause, style)}\n    ${printable(hint)}`;
  }
  if (to === 'failed' && job.error && !isOfTitle(job.error, job))
    return trouble(named(job, job.error.message, style), job.error, style);
  if (from === 'waiting' && job.outcome === null) return `  ${whose(job, style)}goes on`;
  return null;
}

/** What made a title fail has been said with the title. */
function isOfTitle({ message }: Problem, { titles }: JobSnapshot): boolean {
  return titles.some(({ error }) => error?.message === message);
}

function trouble(what: string, { hint }: Pick<Problem, 'hint'>, { paint }: Style) {
  return `  ${paint('red', '✗')} ${what}\n    ${printable(hint)}`;
}

/** What is wrong with a disc often begins with its name. */
function named(job: JobSnapshot, text: string, style: Style): string {
  const isNamed = printable(text).startsWith(nameOfDisc(job));
  return `${isNamed ? '' : whose(job, style)}${printable(text)}`;
}

function whose(job: JobSnapshot, { many, paint }: Style): string {
  return many ? paint('gray', `${nameOfDisc(job)}: `) : '';
}
