import type { JobDocument } from '../jobs/document.ts';
import type { Decision } from '../review/decision.ts';
import { stateMatch } from '../review/statement.ts';

/** Why a remembered decision holds. */
export const saidBefore = 'Somebody said so when this disc was here before';

/** What the flow set and what somebody said last time goes to the titles, unless a person has spoken since. */
export function recallMatches({ titles, set }: JobDocument, decision: Decision | null): void {
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
export function recallTitles({ titles }: JobDocument, decision: Decision | null): void {
  if (!decision?.wanted) return;
  const wanted = new Set(decision.wanted);
  for (const title of titles) {
    title.wanted = wanted.has(title.id);
    if (title.wanted && title.role === 'decoy') title.role = 'main';
    if (title.state === 'pending' || title.state === 'skipped')
      title.state = title.wanted ? 'pending' : 'skipped';
  }
}
