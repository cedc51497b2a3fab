import type { Options } from 'p-throttle';

export type Pace = Pick<Options, 'limit' | 'interval'>;

const turns = new Map<string, Promise<() => Promise<void>>>();

/**
 * Waits until the host may be asked again. One limiter serves everybody in this process that asks the same
 * host, because providers count per address; the pace is that of who asks first.
 */
export async function turnAt(host: string, pace: Pace): Promise<void> {
  const limiter = turns.get(host) ?? createLimiter(pace);
  turns.set(host, limiter);
  await (await limiter)();
}

async function createLimiter(pace: Pace): Promise<() => Promise<void>> {
  const { default: pThrottle } = await import('p-throttle');
  return pThrottle({ ...pace, strict: true })(async () => undefined);
}
