import type { Step } from '../jobs/step.ts';
import { deriveMatches, type MatchRules, settleTitles } from './derive.ts';

/**
 * The step that says what each ripped title is. By structure alone an episode's number is never sure, so its
 * order is a question with the disc's own as default; what is no episode is matched at once.
 */
export function createMatchStep(rules: MatchRules): Step {
  return async ({ job, signal, update }) => {
    if (job().titles.some(({ state }) => state === 'ripped'))
      await update((draft) => {
        for (const title of draft.titles) if (title.state === 'ripped') title.state = 'matching';
      });
    signal.throwIfAborted();
    await update((draft) => {
      deriveMatches(draft, rules, { at: new Date().toISOString(), by: 'match' });
      settleTitles(draft);
    });
    return { end: 'done' };
  };
}
