import type { Arming } from '../contract/arming.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { MatchRules } from '../match/derive.ts';
import { restateIdentity } from './restate.ts';

/**
 * Gives a job what somebody said of its disc before it was put in. That is newer than whatever was known of the disc;
 * a job that is still to be identified gets it there, on top of what the disc says itself.
 */
export function applyArming(draft: JobDocument, arming: Arming, rules: MatchRules): void {
  draft.armed = arming;
  if (arming.library !== null) draft.library = arming.library;
  if (draft.identity === null || draft.steps.organize.state !== 'pending') return;
  if (draft.steps.identify.state !== 'done') draft.identity = null;
  else {
    const { identity, at } = arming;
    restateIdentity(draft, identity, { decidedBy: 'person', by: 'Somebody', at, rules });
  }
}
