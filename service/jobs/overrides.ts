import type { JobSet } from '../contract/job.ts';
import { stated } from '../contract/stated.ts';
import { DiscflowError } from '../errors.ts';
import type { MatchRules } from '../match/derive.ts';
import { isPersonal } from '../review/decision.ts';
import { restateIdentity } from '../review/restate.ts';
import type { JobDocument } from './document.ts';
import { hasEnded } from './states.ts';

/**
 * Puts the wishes of a flow or a person (`msg.set`) into a job. Identity, titles, tracks and library may be
 * changed until organizing begins; throws `not-possible-now` afterwards and `unknown-title`.
 */
export function applyOverrides(draft: JobDocument, set: JobSet, rules: MatchRules): void {
  if (hasEnded(draft) || draft.steps.organize.state === 'running')
    throw new DiscflowError('not-possible-now', `Job ${draft.id} is being filed or has ended`, {
      hint: 'Undo the filing first ("discflow undo"), then change it and retry.',
    });
  for (const { id } of set.titles ?? []) checkTitle(draft, id);
  draft.set = {
    ...draft.set,
    ...set,
    ...mergedIdentity(draft.set, set),
    ...mergedTitles(draft.set, set),
  };
  if (set.library !== undefined) draft.library = set.library;
  applyIdentity(draft, set, rules);
  for (const wish of set.titles ?? []) applyTitle(draft, wish);
}

function checkTitle(draft: JobDocument, id: string): void {
  const known = draft.titles.some((title) => title.id === id);
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
  if (wish.wanted === undefined) return;
  title.wanted = wish.wanted;
  if (wish.wanted && title.state === 'skipped') title.state = title.file ? 'ripped' : 'pending';
  if (!wish.wanted && title.state !== 'ripping' && title.state !== 'matching')
    title.state = 'skipped';
}
