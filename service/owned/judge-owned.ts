import type { Owned, OwnedAnswer } from '../contract/owned.ts';
import type { Candidate } from '../contract/question.ts';
import type { JobDocument } from '../jobs/document.ts';
import { openQuestions } from '../review/open-questions.ts';
import { askQuestion, settleQuestion } from '../review/questions.ts';
import { sizeInWords } from '../size-in-words.ts';
import type { OwnedFinding } from './find-owned.ts';
import { isBetter, resolutionOf, resolutionOfDisc } from './quality.ts';

export interface OwnedRules {
  /** What becomes of a disc whose film or episodes are in a library. */
  policy: 'ask' | 'skip' | 'better' | 'rip';
  /** What a person said when this disc was here before. */
  remembered: { by: Owned['by']; answer: OwnedAnswer } | null;
}

/**
 * Puts into a job what is known of its content being there already, and decides whether it is ripped all the same:
 * a person's word first, then the policy. A guess skips nothing: where the name is in doubt, a person is asked.
 */
export function judgeOwned(
  draft: JobDocument,
  finding: OwnedFinding | null,
  rules: OwnedRules,
  now = Date.now(),
): void {
  const known = draft.owned;
  if (known?.verdict === 'skip' || known?.decidedBy === 'person') return;
  const basis = known?.by === 'disc' ? known : finding;
  if (!basis) {
    draft.owned = null;
    settle(draft, 'rip', now);
    return;
  }
  const { by, job, at, says, sure, files } = basis;
  const verdict = known?.by === 'disc' ? recalled('disc', rules) : verdictOn(draft, basis, rules);
  draft.owned = {
    ...{ by, job, at, says, sure, files },
    verdict: verdict?.verdict ?? 'ask',
    decidedBy: verdict?.decidedBy ?? 'policy',
  };
  if (draft.steps.rip.state !== 'pending') draft.owned.verdict = 'rip';
  if (draft.owned.verdict === 'ask') ask(draft, draft.owned, now);
  else settle(draft, draft.owned.verdict, now);
}

type Verdict = Pick<Owned, 'verdict' | 'decidedBy'>;

function recalled(by: Owned['by'], { remembered }: OwnedRules): Verdict | null {
  return remembered?.by === by ? { verdict: remembered.answer, decidedBy: 'remembered' } : null;
}

function verdictOn(draft: JobDocument, finding: OwnedFinding, rules: OwnedRules): Verdict {
  const said = recalled('library', rules);
  if (said) return said;
  const isAsked = openQuestions(draft).some(({ kind }) => kind === 'identity');
  const isNamed = !isAsked && draft.postponed === null;
  const skip = finding.sure && isNamed ? 'skip' : 'ask';
  const decidedBy = 'policy';
  switch (rules.policy) {
    case 'rip':
      return { verdict: 'rip', decidedBy };
    case 'ask':
      return { verdict: 'ask', decidedBy };
    case 'skip':
      return { verdict: skip, decidedBy };
    case 'better': {
      const better = isBetter(qualityOf(draft), finding.files);
      if (better === 'unknown') return { verdict: 'ask', decidedBy };
      return { verdict: better === 'yes' ? 'rip' : skip, decidedBy };
    }
  }
}

/** The picture of the biggest wanted title says more than the carrier: many a Blu-ray holds a series in SD. */
function qualityOf({ disc, identity, titles }: JobDocument) {
  const wanted = titles.filter((title) => title.wanted).toSorted((a, b) => b.bytes - a.bytes);
  return {
    resolution: resolutionOf(wanted[0]?.video?.height) ?? resolutionOfDisc(disc.kind),
    edition: identity?.edition ?? null,
  };
}

function settle(draft: JobDocument, answer: OwnedAnswer, now: number): void {
  const at = new Date(now).toISOString();
  settleQuestion(draft, 'owned', { at, by: 'evidence', answer: { choose: answer } });
}

/** "Yes" leaves the disc alone, so that nobody who takes defaults spends hours on what is there. */
function ask(draft: JobDocument, owned: Owned, now: number): void {
  const text = `${owned.says}. Leave this disc alone?`.slice(0, 500);
  const evidence = owned.files.slice(0, 5).map((file) => ({
    source: 'library',
    says: fileInWords(file).slice(0, 300),
    weight: owned.sure ? 1 : 0.5,
  }));
  const candidates: Candidate[] = [
    { id: 'skip', label: 'Leave it: what is there will do', evidence },
    { id: 'rip', label: 'Rip it all the same', evidence: [] },
  ];
  const content = { kind: 'owned' as const, text, titles: [], candidates, default: 'skip' };
  askQuestion(draft, content, new Date(now).toISOString());
}

function fileInWords({ path, resolution, bytes, edition }: Owned['files'][number]): string {
  const picture = resolution === 'sd' ? 'SD' : resolution;
  const size = bytes ? sizeInWords(bytes) : null;
  const facts = [edition, picture, size].filter((fact) => fact !== null).join(', ');
  // The end of a path says more than its beginning.
  const place = path.length > 220 ? `…${path.slice(-220)}` : path;
  return facts === '' ? place : `${place} (${facts})`;
}
