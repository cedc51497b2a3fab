import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { JobDocument } from '../../../service/jobs/document.ts';
import { createOrganizeStep } from '../../../service/organize/organize-step.ts';
import { replaceDurably } from '../../../service/store/durable-file.ts';

/** A process that organizes one job from its file, to be killed at any time by a test. */
const Arguments = z.object({ job: z.string(), staging: z.string(), movies: z.string() });

const { job: path, staging, movies } = Arguments.parse(JSON.parse(process.argv[2] ?? ''));
let job = JobDocument.parse(JSON.parse(await readFile(path, 'utf8')));
const organize = createOrganizeStep({
  libraries: [{ id: 'movies', kind: 'movie', root: movies }],
  staging,
  version: '0.1.0',
  policies: () => ({ existing: 'keep-both', extras: 'keep' }),
});
process.stdout.write('begun\n');
const result = await organize({
  signal: new AbortController().signal,
  job: () => job,
  async update(change) {
    const draft = structuredClone(job);
    change(draft);
    await replaceDurably(path, JSON.stringify(draft));
    job = draft;
    return job;
  },
  progress: () => undefined,
});
process.stdout.write(`${JSON.stringify(result)}\n`);
