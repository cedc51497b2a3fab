import { stationWideCodes } from '../contract/problem.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { Step, StepContext, StepResult } from '../jobs/step.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { TitleForm } from '../metadata/works.ts';
import type { Decision } from '../review/decision.ts';
import type { SetAnswer } from '../review/offer-set.ts';
import { waitsForAnswer } from '../review/open-questions.ts';
import type { DiscReaders } from '../scan/read-structure.ts';
import type { DiscScan } from '../scan/record.ts';
import { withoutVideo } from '../scan/without-video.ts';
import { statedOf } from './decided-identity.ts';
import { kindClue, runtimeClues } from './evidence/clues.ts';
import { lookUp } from './evidence/look-up.ts';
import { type LookedUp, nothingLookedUp } from './evidence/looked-up.ts';
import { identifyDisc } from './identify-disc.ts';
import { namesOfDisc } from './names.ts';
import { readDisc } from './read-disc.ts';
import { rolesOf } from './structure/roles.ts';
import { type Structure, structureOf } from './structure/structure.ts';
import { factsOfScanned } from './structure/title-facts.ts';

export interface IdentifyOptions extends DiscReaders {
  /** What a person decided when this disc was here before. */
  remembered: (fingerprint: string) => Promise<Decision | null> | Decision | null;
  /** What a person said of another disc of the same set. */
  answeredSet?: (disc: JobDocument['disc']) => SetAnswer | null;
  /** Whether references of a show's season (null: any) are at hand. */
  hasReferences?: (
    show: { title: string; season: number | null },
    options: { signal: AbortSignal },
  ) => Promise<boolean>;
  /** The catalogues to ask; null: none. */
  metadata?: Metadata | null;
  /** Which of a work's titles is used. */
  titleForm?: TitleForm;
  policies: {
    /** Whether a title that only the label vouches for is asked or taken. */
    identity: 'ask' | 'accept';
  };
}

/**
 * The step that says what a disc is: its facts, titles, roles and identity, and the question that is left.
 * Run again, it keeps what a person said and what was ripped, and asks nothing twice.
 */
export function createIdentifyStep(options: IdentifyOptions): Step {
  return async (context) => {
    const { job, signal, update } = context;
    const { kind } = job().disc;
    if (kind === 'music' || kind === 'blank') return letOut(context, withoutVideo(kind));
    const reading = await readDisc(job().disc.source, options, { signal });
    if ('error' in reading) {
      const known = await update((draft) => void Object.assign(draft.disc, reading.facts));
      return known.disc.kind === 'data' ? letOut(context, reading.error) : failed(reading.error);
    }
    const { scan, facts } = reading;
    const decision = await options.remembered(scan.fingerprint);
    const structure = structureOf(scan.titles.map(factsOfScanned));
    const lookedUp = await askCatalogues(scan, structure, { job: job(), options, signal });
    const provable = await provableShow(scan, structure, { job: job(), options, signal });
    const identified = await update((draft) => {
      Object.assign(draft.disc, facts);
      const { titleForm: form = 'localized', policies } = options;
      const policy = policies.identity;
      const set = options.answeredSet?.(draft.disc) ?? null;
      const sources = { scan, structure, decision, set, provable, lookedUp, form, policy };
      identifyDisc(draft, sources);
    });
    return hasSomethingToRip(identified) ? { end: 'done' } : nothingToRip();
  };
}

/** What the catalogues know of this very disc, or of works by its names. */
async function askCatalogues(
  scan: DiscScan,
  structure: Structure,
  { job, options, signal }: { job: JobDocument; options: IdentifyOptions; signal: AbortSignal },
): Promise<LookedUp> {
  const { metadata } = options;
  if (!metadata) return nothingLookedUp;
  const stated = statedOf(job);
  const kind = kindClue(structure.kinds, stated);
  const runtimes = runtimeClues(scan, rolesOf(kind?.is ?? 'unknown', structure));
  const names = namesOfDisc(scan, job.disc.source);
  return lookUp({ scan, names, kind, runtimes, stated }, metadata, { signal });
}

/** What the disc calls itself, if it may be a series by that name that files can be compared with. */
async function provableShow(
  scan: DiscScan,
  { kinds }: Structure,
  { job, options, signal }: { job: JobDocument; options: IdentifyOptions; signal: AbortSignal },
): Promise<string | null> {
  const [name] = namesOfDisc(scan, job.disc.source);
  const mayBeSeries = kinds.some(({ kind, probability }) => kind === 'tv' && probability > 0.5);
  if (!name?.title || !mayBeSeries || !options.hasReferences) return null;
  const { title, season } = name;
  return (await options.hasReferences({ title, season }, { signal })) ? title : null;
}

/** A disc that hides what it is about may have nothing else to rip before somebody says which title it is. */
function hasSomethingToRip(job: JobDocument): boolean {
  return job.titles.some(({ wanted }) => wanted) || waitsForAnswer(job, 'rip');
}

/** A disc without a way of its own yet is no failure: it is announced, with the reason, and let out. */
async function letOut({ update }: StepContext, error: DiscflowError): Promise<StepResult> {
  await update((draft) => {
    draft.error = toProblem(error);
  });
  return { end: 'done' };
}

/** A disc that only MakeMKV can read waits for a key as one that is ripped does. */
function failed(error: DiscflowError): StepResult {
  const { code, message: cause, hint } = error;
  if (stationWideCodes.has(code)) return { end: 'blocked', code, cause, hint };
  return { end: 'failed', problem: toProblem(error), transient: error.transient };
}

function nothingToRip(): StepResult {
  return failed(
    new DiscflowError('nothing-to-rip', 'There is no title on this disc to rip.', {
      hint: 'It holds nothing but menus, or every title was deselected. The disc can be taken out.',
    }),
  );
}
