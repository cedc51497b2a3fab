import type { Identity, IdentityStatement } from '../contract/identity.ts';
import { stationWideCodes } from '../contract/problem.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { Step, StepContext, StepResult } from '../jobs/step.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { TitleForm } from '../metadata/works.ts';
import { type Decision, isPersonal } from '../review/decision.ts';
import { waitsForAnswer } from '../review/open-questions.ts';
import { askQuestion, settleQuestion } from '../review/questions.ts';
import { namesDisc, stateIdentity, stateMatch } from '../review/statement.ts';
import type { DiscReaders } from '../scan/read-structure.ts';
import type { DiscScan } from '../scan/record.ts';
import { withoutVideo } from '../scan/without-video.ts';
import { askTitles } from './ask-titles.ts';
import { kindClue, runtimeClues } from './evidence/clues.ts';
import { catalogueOf, describedDisc, describedRoles } from './evidence/described-disc.ts';
import { type LookedUp, lookUp, nothingLookedUp } from './evidence/look-up.ts';
import { namesOfDisc } from './names.ts';
import { readDisc } from './read-disc.ts';
import { type Reading, readIdentity } from './reading.ts';
import { rolesOf } from './structure/roles.ts';
import { structureOf } from './structure/structure.ts';
import { factsOfScanned } from './structure/title-facts.ts';
import { titlesOf } from './titles.ts';

export interface IdentifyOptions extends DiscReaders {
  /** What a person decided when this disc was here before. */
  remembered: (fingerprint: string) => Promise<Decision | null> | Decision | null;
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
    const lookedUp = await askCatalogues(scan, job(), options, signal);
    const identified = await update((draft) => {
      Object.assign(draft.disc, facts);
      const { titleForm: form = 'localized', policies } = options;
      identify(draft, { scan, decision, lookedUp, form, policy: policies.identity });
    });
    return hasSomethingToRip(identified) ? { end: 'done' } : nothingToRip();
  };
}

/** What the catalogues know of this very disc, or of works by its names. */
async function askCatalogues(
  scan: DiscScan,
  job: JobDocument,
  { metadata }: IdentifyOptions,
  signal: AbortSignal,
): Promise<LookedUp> {
  if (!metadata) return nothingLookedUp;
  const structure = structureOf(scan.titles.map(factsOfScanned));
  const stated = statedOf(job);
  const kind = kindClue(structure.kinds, stated);
  const runtimes = runtimeClues(scan, rolesOf(kind?.is ?? 'unknown', structure));
  const names = namesOfDisc(scan, job.disc.source);
  return lookUp({ scan, names, kind, runtimes, stated }, metadata, { signal });
}

/** What a flow or a person has said of the disc already. */
function statedOf({ set, armed }: JobDocument): IdentityStatement {
  return { ...set.identity, ...armed?.identity };
}

const saidBefore = 'Somebody said so when this disc was here before';

interface Sources {
  scan: DiscScan;
  decision: Decision | null;
  lookedUp: LookedUp;
  form: TitleForm;
  policy: 'ask' | 'accept';
}

function identify(draft: JobDocument, sources: Sources): void {
  const { scan, decision, lookedUp, form, policy } = sources;
  const structure = structureOf(scan.titles.map(factsOfScanned));
  const reading = readIdentity({
    label: scan.label,
    name: scan.name,
    source: draft.disc.source,
    kinds: structure.kinds,
    lookedUp,
    form,
    stated: statedOf(draft),
    createdAt: draft.createdAt,
  });
  const decided = decidedIdentity(draft, { reading, decision, policy });
  draft.identity = decided ?? { ...reading.identity, decidedBy: 'evidence' };
  const { kind } = draft.identity;
  const described = describedDisc(lookedUp, draft.identity);
  const roles = describedRoles(described);
  draft.titles = titlesOf({
    scan,
    structure,
    kind,
    set: draft.set,
    before: draft.titles,
    described: roles,
  });
  draft.catalogue = catalogueOf(described, draft.catalogue);
  recallMatches(draft, decision);
  recallTitles(draft, decision);
  if (!decision?.wanted) askTitles(draft, structure);
  putQuestion(draft, reading, decided);
}

/** The identity, if somebody has the right to say it unasked: a person, now or earlier; a flow; the policy. */
function decidedIdentity(
  { identity, set, armed }: JobDocument,
  { reading, decision, policy }: Pick<Sources, 'decision' | 'policy'> & { reading: Reading },
): Identity | null {
  if (identity && isPersonal(identity)) return identity;
  if (armed && namesDisc(armed.identity))
    return stateIdentity(reading.identity, armed.identity, {
      decidedBy: 'person',
      says: 'Somebody said so before the disc was put in',
    });
  if (decision?.identity)
    return stateIdentity(reading.identity, decision.identity, {
      decidedBy: 'remembered',
      says: saidBefore,
    });
  if (set.identity && namesDisc(set.identity))
    return stateIdentity(reading.identity, set.identity, {
      decidedBy: 'flow',
      says: 'It was set for this job',
    });
  if (reading.sure) return { ...reading.identity, decidedBy: 'evidence' };
  const taken = policy === 'accept' && reading.named;
  return taken ? { ...reading.identity, decidedBy: 'policy' } : null;
}

/** What the flow set and what somebody said last time goes to the titles, unless a person has spoken since. */
function recallMatches({ titles, set }: JobDocument, decision: Decision | null): void {
  const flow = { decidedBy: 'flow', says: 'It was set for this job' } as const;
  const earlier = { decidedBy: 'remembered', says: saidBefore } as const;
  for (const title of titles) {
    const wished = set.titles?.find(({ id }) => id === title.id)?.match;
    const recalled = decision?.titles.find(({ id }) => id === title.id)?.match;
    if (title.match?.decidedBy === 'person') continue;
    if (recalled) title.match = stateMatch(recalled, earlier);
    else if (wished) title.match = stateMatch(wished, flow);
  }
}

/** The titles that somebody chose of an obfuscated disc when it was here before. */
function recallTitles({ titles }: JobDocument, decision: Decision | null): void {
  if (!decision?.wanted) return;
  const wanted = new Set(decision.wanted);
  for (const title of titles) {
    title.wanted = wanted.has(title.id);
    if (title.state === 'pending' || title.state === 'skipped')
      title.state = title.wanted ? 'pending' : 'skipped';
  }
}

function putQuestion(draft: JobDocument, { text, candidates }: Reading, decided: Identity | null) {
  const at = new Date().toISOString();
  if (decided) {
    const { kind, title } = decided;
    settleQuestion(draft, 'identity', {
      at,
      by: decided.decidedBy,
      answer: { identity: { kind, title } },
    });
    return;
  }
  const content = { kind: 'identity' as const, text, titles: [], candidates };
  askQuestion(draft, { ...content, default: candidates[0].id }, at);
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
