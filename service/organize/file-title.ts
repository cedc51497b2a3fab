import { rm } from 'node:fs/promises';
import { DiscflowError } from '../errors.ts';
import type { Filing, JobDocument } from '../jobs/document.ts';
import { carryOut } from './carry-out.ts';
import { fileFacts } from './file-facts.ts';
import { hashFile } from './hash-file.ts';
import { libraryDevice } from './marker.ts';
import { titlePath } from './naming/title-path.ts';
import { planFiling } from './plan-filing.ts';
import { settlePlan } from './settle-plan.ts';
import { writeSidecar } from './sidecar.ts';
import { unavailable } from './trouble.ts';
import { changeTitle, filingOf, sourceOf, type Work } from './work.ts';

/** How often a name may be taken by somebody else between planning and placing. */
const MAX_RACES = 5;

/**
 * Files one matched title: plan on record, file in place, sidecar, title completed on record, source removed; in this
 * order, so that a crash anywhere leaves the file whole in at least one place and the record of where.
 */
export async function fileTitle(work: Work): Promise<void> {
  const pending = filingOf(work);
  if (pending?.state === 'planned' && (await settlePlan(work, pending)) === 'arrived')
    return complete(work, pending, pending.sha256);
  for (let race = 0; race < MAX_RACES; race += 1) if (await tryToFile(work)) return;
  throw new DiscflowError(
    'target-exists',
    `The name of title ${work.title.id} is taken again and again`,
    {
      hint: 'Another program writes to the same folder of the library.',
      transient: true,
    },
  );
}

async function tryToFile(work: Work): Promise<boolean> {
  const source = await sourceOf(work);
  const plan = await planFiling(work, source);
  if (plan.action === 'skip') await leaveOut(work, plan.path);
  else if (plan.action === 'identical') await takeAsFiled(work, plan.path, source.path);
  else {
    await record(work, plan.filing);
    const sha256 = await carryOut(work, plan.filing, source);
    if (sha256 === null) return (await settlePlan(work, plan.filing)) === 'arrived';
    await complete(work, plan.filing, sha256);
  }
  return true;
}

async function record({ context, title }: Work, filing: Filing): Promise<void> {
  await context.update((draft) => {
    draft.filings = [...draft.filings.filter((other) => other.title !== title.id), filing];
  });
}

async function complete(work: Work, filing: Filing, knownHash: string | null): Promise<void> {
  const { context, title, library, version } = work;
  const { to: path, bytes } = filing;
  const sha256 = knownHash ?? (await hashFile(path, { signal: context.signal }));
  const job = context.job();
  const { template } = titlePath(job, title, library);
  await checkPlace(work, filing);
  await writeSidecar({ job, title, path, bytes, sha256, library: library.id, template, version });
  await libraryDevice(library);
  const filed = { ...filing, sha256, state: 'filed' as const };
  await context.update((draft) => {
    draft.filings = draft.filings.map((entry) => (entry.title === title.id ? filed : entry));
    completeTitle(draft, work, path);
  });
  await rm(filing.from, { force: true });
}

/** The library may have been unmounted while we wrote; then the file is not where its name says. */
async function checkPlace({ library }: Work, { to, bytes }: Filing): Promise<void> {
  const device = await libraryDevice(library);
  const there = await fileFacts(to);
  if (there?.device === device && there.bytes === bytes) return;
  throw unavailable(library, `${to} is not there after it was filed`);
}

/** The library has this very content under this name: nothing to do but to say so. Undo takes a copy back. */
async function takeAsFiled(work: Work, path: string, from: string): Promise<void> {
  const { context, title } = work;
  await context.update((draft) => {
    draft.filings = draft.filings.filter((filing) => filing.title !== title.id);
    completeTitle(draft, work, path);
  });
  await rm(from, { force: true });
}

async function leaveOut({ context, title: { id } }: Work, path: string): Promise<void> {
  await context.update((draft) =>
    changeTitle(draft, id, (title) => {
      title.state = 'skipped';
      title.error = {
        code: 'target-exists',
        message: `${path} exists and was left as it is`,
        hint: 'Choose "keep-both" or "replace" for existing files, then retry.',
      };
    }),
  );
}

function completeTitle(draft: JobDocument, { title: { id }, library }: Work, path: string): void {
  changeTitle(draft, id, (title) => {
    title.state = 'completed';
    title.filed = { library: library.id, path };
    title.file = null;
    title.error = null;
  });
}
