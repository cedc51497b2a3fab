import { setTimeout as sleep } from 'node:timers/promises';

/** How long things take, as a share of what a real drive needs; 0: no waiting. */
const DEFAULT_PACE = 0.01;

const pace = Number(process.env.STANDIN_PACE ?? DEFAULT_PACE);

/** Waits as long as a real drive would be busy for `seconds`, scaled by `STANDIN_PACE`. */
export async function busyFor(seconds: number): Promise<void> {
  if (pace > 0) await sleep(seconds * pace * 1000);
}

/** Never ends, and keeps the process alive. */
export function forEver(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 1 << 30));
}
