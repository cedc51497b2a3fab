import { join } from 'node:path';
import type { Problem } from '../contract/problem.ts';
import type { Title } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import { toProblem } from '../errors.ts';
import { type Library, libraryFor } from './library.ts';
import { type NamedJob, titlePath } from './naming/title-path.ts';
import { missingLibrary } from './trouble.ts';

export interface NamePreview {
  readonly title: TitleId;
  readonly library: string | null;
  readonly path: string | null;
  readonly problem: Problem | null;
}

/** What would be filed where, without looking at a disk: a name that is taken may still get " (2)". */
export function previewNames(job: NamedJob, libraries: readonly Library[]): NamePreview[] {
  return job.titles
    .filter(
      ({ wanted, state, match }) => wanted && match && state !== 'skipped' && state !== 'failed',
    )
    .map((title) => preview(job, title, libraries));
}

function preview(job: NamedJob, title: Title, libraries: readonly Library[]): NamePreview {
  try {
    const library = libraryFor(job, title, libraries);
    if (library === null) throw missingLibrary(job, title);
    const { segments } = titlePath(job, title, library);
    return {
      title: title.id,
      library: library.id,
      path: join(library.root, ...segments),
      problem: null,
    };
  } catch (error) {
    return { title: title.id, library: null, path: null, problem: toProblem(error) };
  }
}
