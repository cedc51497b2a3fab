import { resolve } from 'node:path';
import type { Match, Title } from '../../../service/contract/title.ts';
import { eventsBetween } from '../../../service/jobs/changes.ts';
import { JobDocument } from '../../../service/jobs/document.ts';
import { newJob } from '../../../service/jobs/new-job.ts';
import type { Step, StepResult } from '../../../service/jobs/step.ts';

export const sampleDiscs = {
  film: resolve('examples/discs/LONG_MERIDIAN.iso'),
  series: resolve('examples/discs/HARBOUR_LIGHTS_S1_D1.iso'),
};

export function jobFor(source: string): JobDocument {
  const disc = { kind: 'unknown' as const, label: '', fingerprint: null, globalId: null, bytes: 0 };
  return newJob({ station: 'test', drive: 'tray', disc: { ...disc, source }, claim: null });
}

/** A job and its events, changed under the rules of the engine: the schema and the tables of transitions. */
export interface Ran {
  job: JobDocument;
  result: StepResult;
  events: string[];
}

/** Runs a step once, like the engine does. */
export async function runStep(step: Step, start: JobDocument): Promise<Ran> {
  let job = start;
  const events: string[] = [];
  const update = async (change: (draft: JobDocument) => void): Promise<JobDocument> => {
    const next = changed(job, change);
    for (const { event_type, title, from, to } of eventsBetween(job, next, 1))
      events.push([event_type, title, from, to].filter(Boolean).join(' '));
    job = next;
    return job;
  };
  const { signal } = new AbortController();
  const result = await step({ job: () => job, signal, update, progress: () => undefined });
  return { job, result, events };
}

/** A job after a change that the engine would accept; throws what it would throw. */
export function changed(job: JobDocument, change: (draft: JobDocument) => void): JobDocument {
  const draft = structuredClone(job);
  change(draft);
  draft.rev += 1;
  eventsBetween(job, draft, 1);
  return JobDocument.parse(draft);
}

/** Makes every wanted title look ripped. */
export function ripped(job: JobDocument): JobDocument {
  const titles = job.titles.map((title): Title => {
    if (title.state !== 'pending') return title;
    return { ...title, state: 'ripped', file: `/staging/${job.id}/${title.id}.mkv` };
  });
  return { ...job, titles };
}

/** "S01E02", "film", "Cut 2", "extra Bonus 1-05": a match in a word. */
export function inWords(match: Match | null): string {
  if (!match) return 'none';
  const two = (number: number) => String(number).padStart(2, '0');
  if (match.kind === 'episode')
    return `S${two(match.season ?? 0)}${match.episodes.map((number) => `E${two(number)}`).join('-')}`;
  return match.kind === 'movie' ? (match.name ?? 'film') : `extra ${match.name}`;
}
