import { createThreads } from '../evidence/threads.ts';
import { decideDisc } from './decide-disc.ts';
import type { DecideInput } from './decide-input.ts';
import type { DecideTask } from './decide-tasks.ts';
import type { DiscDecision } from './title-decision.ts';

/** Decides discs without holding up the event loop. */
export interface Decider {
  /** As `decideDisc`; rejects with the signal's reason once that is aborted. */
  decide(input: DecideInput, options: { readonly signal: AbortSignal }): Promise<DiscDecision>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** Titles times episodes that take some ten milliseconds, less than a thread takes to begin. */
const LARGEST_AT_ONCE = 600;

/** Discs of a show whose season is unknown, and thus of hundreds of episodes, are decided in a thread. */
export function createDecider(): Decider {
  const threads = createThreads(import.meta.url, './decide-tasks', { most: 1 });
  return {
    async decide(input, { signal }) {
      if (input.titles.length * input.candidates.length <= LARGEST_AT_ONCE)
        return decideDisc(input);
      const task: DecideTask = { input };
      return threads.run<DiscDecision>('decide', task, { signal });
    },
    close: () => threads.close(),
  };
}
