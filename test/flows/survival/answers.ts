import { setTimeout as sleep } from 'node:timers/promises';
import type { TestStation } from '../../system/test-station.ts';

/** Somebody who takes the default of every question, and tries again when the answer got lost. */
export function answerPatiently({ observer }: TestStation): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const working = (async () => {
    while (!signal.aborted) {
      for (const { id, rev } of observer.reviews.values()) {
        const body = { review: id, rev, answer: { accept: true as const }, by: 'test' };
        await observer.requests.request('review/answer', body, { signal }).catch(() => undefined);
      }
      await sleep(20);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
