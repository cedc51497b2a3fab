import type { JobSet } from '../contract/job.ts';
import { stated } from '../contract/stated.ts';
import type { Title, TitleState } from '../contract/title.ts';
import { DiscflowError } from '../errors.ts';
import { deriveMatches, type MatchRules, settleTitles } from '../match/derive.ts';
import { isPersonal } from '../review/decision.ts';
import { restateIdentity } from '../review/restate.ts';
import type { JobDocument } from './document.ts';
import { canGoBack, hasEnded } from './states.ts';

/** As many as a job can hold titles. */
const MOST_WISHES = 999;

/**
 * Puts the wishes of a flow or a person (`msg.set`) into a job. Identity, titles, tracks and library may be
 * changed until organizing begins; throws `not-possible-now` afterwards and `unknown-title`.
 */
export function applyOverrides(draft: JobDocument, set: JobSet, rules: MatchRules): void {
  if (hasEnded(draft) || draft.steps.organize.state === 'running')
    throw new DiscflowError('not-possible-now', `Job ${draft.id} is being filed or has ended`, {
      hint: howToChange(draft),
    });
  for (const { id } of set.titles ?? []) checkTitle(draft, id);
  const titles = mergedTitles(draft.set, set);
  draft.set = {
    ...draft.set,
    ...set,
    ...mergedIdentity(draft.set, set),
    ...titles,
  };
  if (set.library !== undefined) draft.library = set.library;
  applyIdentity(draft, set, rules);
  for (const wish of set.titles ?? []) applyTitle(draft, wish);
  if (set.titles?.some(({ match }) => match)) deriveAgain(draft, rules);
}

/** What a flow says of some titles may leave nothing to ask about the others. */
function deriveAgain(draft: JobDocument, rules: MatchRules): void {
  if (!draft.titles.some(({ state }) => state === 'matched' || state === 'review')) return;
  deriveMatches(draft, rules, { at: new Date().toISOString(), by: 'flow' });
  settleTitles(draft);
}

/** What somebody does first who wants to change a job that is past changing. */
function howToChange({ id, titles }: JobDocument): string {
  return titles.some(({ filed }) => filed !== null)
    ? `Take back what was filed with "discflow undo ${id}", then change it and file it again with "discflow retry ${id}".`
    : `Let it go on with "discflow retry ${id}", then change it.`;
}

function checkTitle(draft: JobDocument, id: string): void {
  const known = draft.titles.find((title) => title.id === id);
  if (known?.state === 'completed')
    throw new DiscflowError('not-possible-now', `Title ${id} of job ${draft.id} is filed already`, {
      hint: 'When the job has ended, undo the filing ("discflow undo"), then change it and retry.',
    });
  if (known || draft.titles.length === 0) return;
  throw new DiscflowError('unknown-title', `Job ${draft.id} has no title ${id}`, {
    hint: `Its titles are ${draft.titles.map((title) => title.id).join(', ')}.`,
  });
}

function mergedIdentity(old: JobSet, set: JobSet): Pick<JobSet, 'identity'> {
  if (!old.identity && !set.identity) return {};
  return { identity: { ...old.identity, ...set.identity } };
}

function mergedTitles(old: JobSet, set: JobSet): Pick<JobSet, 'titles'> {
  if (!old.titles && !set.titles) return {};
  const wishes = new Map(old.titles?.map((wish) => [wish.id, wish]));
  for (const wish of set.titles ?? []) wishes.set(wish.id, { ...wishes.get(wish.id), ...wish });
  if (wishes.size > MOST_WISHES)
    throw new DiscflowError('bad-request', `There are wishes for ${wishes.size} titles`, {
      hint: `A job takes at most ${MOST_WISHES}; look first which titles the disc has.`,
    });
  return { titles: [...wishes.values()] };
}

function applyIdentity(draft: JobDocument, { identity }: JobSet, rules: MatchRules): void {
  if (!identity || !draft.identity || isPersonal(draft.identity)) return;
  const at = new Date().toISOString();
  restateIdentity(draft, identity, { decidedBy: 'flow', by: 'flow', at, rules });
}

function applyTitle(draft: JobDocument, wish: NonNullable<JobSet['titles']>[number]): void {
  const title = draft.titles.find(({ id }) => id === wish.id);
  if (!title) return;
  if (wish.role) title.role = wish.role;
  if (wish.match)
    title.match = {
      season: null,
      episodes: [],
      name: null,
      ...stated(wish.match),
      kind: wish.match.kind,
      probability: 1,
      decidedBy: 'flow',
      evidence: [],
    };
  if (wish.wanted !== undefined && wish.wanted !== title.wanted) want(draft, title, wish.wanted);
}

function want(draft: JobDocument, title: Title, wanted: boolean): void {
  title.wanted = wanted;
  if (wanted) takeBackIn(draft, title);
  else if (!isAboutToBeRead(draft, title) && canBeSkipped.has(title.state)) title.state = 'skipped';
}

const canBeSkipped: ReadonlySet<TitleState> = new Set([
  'pending',
  'ripped',
  'matched',
  'review',
  'failed',
]);

/** The rip may be on its way to the title: what becomes of it is settled when the rip has ended. */
function isAboutToBeRead({ steps }: JobDocument, { state }: Title): boolean {
  return state === 'pending' && steps.rip.state === 'running';
}

/** A title that is wanted after all has some of its way before it. */
function takeBackIn(draft: JobDocument, title: Title): void {
  if (title.state !== 'skipped') return;
  if (!canGoBack(draft))
    throw new DiscflowError('not-possible-now', `Job ${draft.id} is being matched`, {
      hint: 'Try again in a moment.',
    });
  title.state = title.file ? 'ripped' : 'pending';
  for (const step of title.file ? (['match'] as const) : (['rip', 'match'] as const))
    if (draft.steps[step].state === 'done') draft.steps[step].state = 'pending';
}
