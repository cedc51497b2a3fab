import type { Identity } from '../contract/identity.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { TitleForm } from '../metadata/works.ts';
import type { Decision } from '../review/decision.ts';
import { offerSet, type SetAnswer } from '../review/offer-set.ts';
import { askQuestion, settleQuestion } from '../review/questions.ts';
import type { DiscScan } from '../scan/record.ts';
import { askTitles } from './ask-titles.ts';
import { decidedIdentity, statedOf } from './decided-identity.ts';
import { catalogueOf, describedRoles, describedTitles } from './evidence/described-disc.ts';
import type { LookedUp } from './evidence/looked-up.ts';
import { type Reading, readIdentity } from './reading.ts';
import { recallMatches, recallTitles } from './recall.ts';
import type { Structure } from './structure/structure.ts';
import { titlesOf } from './titles.ts';

/** Everything that says something of a disc. */
export interface Sources {
  scan: DiscScan;
  structure: Structure;
  decision: Decision | null;
  /** What a person said of another disc of the set. */
  set: SetAnswer | null;
  /** A series by this name has references at hand, so that its episodes will tell whether it is that. */
  provable: string | null;
  lookedUp: LookedUp;
  form: TitleForm;
  policy: 'ask' | 'accept';
}

/** Says what the disc of a job is, what its titles are and which of them are wanted, and asks what is left. */
export function identifyDisc(draft: JobDocument, sources: Sources): void {
  const { scan, structure, decision, set, lookedUp, form, policy } = sources;
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
  const decided = decidedIdentity(draft, { reading, decision, set, policy });
  draft.identity = decided ?? { ...reading.identity, decidedBy: 'evidence' };
  const { kind } = draft.identity;
  const described = describedTitles(lookedUp.described, draft.identity);
  const roles = describedRoles(described);
  draft.titles = titlesOf({
    scan,
    structure,
    kind,
    set: draft.set,
    before: draft.titles,
    described: roles,
  });
  noteLeftOut(draft, scan);
  draft.catalogue = catalogueOf(described, draft.catalogue);
  recallMatches(draft, decision);
  recallTitles(draft, decision);
  if (!decision?.wanted) askTitles(draft, structure);
  putQuestion(draft, reading, { decided, provable: set ? null : sources.provable });
  if (set) offerSet(draft, set);
}

/** A disc may have more titles than a job can name: that some were left out is said, not kept silent. */
function noteLeftOut({ disc, titles }: JobDocument, scan: DiscScan): void {
  const leftOut = scan.titles.length + scan.unreadable.length - titles.length;
  if (leftOut > 0) disc.leftOut = leftOut;
  else delete disc.leftOut;
}

interface Known {
  decided: Identity | null;
  provable: string | null;
}

function putQuestion(
  draft: JobDocument,
  { text, candidates }: Reading,
  { decided, provable }: Known,
): void {
  const at = new Date().toISOString();
  draft.postponed = null;
  if (decided) {
    const { kind, title } = decided;
    settleQuestion(draft, 'identity', {
      at,
      by: decided.decidedBy,
      answer: { identity: { kind, title } },
    });
    return;
  }
  const [{ id, identity }] = candidates;
  const content = { kind: 'identity' as const, text, titles: [], candidates, default: id };
  const isAsked = draft.questions.some(({ kind }) => kind === 'identity');
  if (!isAsked && identity?.kind === 'tv' && identity.title === provable) draft.postponed = content;
  else askQuestion(draft, content, at);
}
