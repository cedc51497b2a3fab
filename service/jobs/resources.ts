import type { StepName } from '../contract/job.ts';
import type { JobDocument } from './document.ts';
import { readingSteps } from './recipes.ts';

/** What a step occupies, and how many may share it. */
export type ResourceTable = Readonly<Record<string, number>>;

/** One reader per drive, one copy per target; matching reads finished files only and is free. */
export function resourcesOf(job: JobDocument, step: StepName): ResourceTable {
  if (readingSteps.has(step)) return { [`drive:${job.drive}`]: 1 };
  if (step === 'organize') return { [`target:${job.library ?? job.identity?.kind ?? ''}`]: 1 };
  return {};
}
