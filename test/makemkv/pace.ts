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

/** Even at no pace at all, a program that is stuck must not fill its reader's memory. */
const STUCK_MS = 20;

/** Does the same again and again, with so many seconds between, and never ends. */
export async function repeatForEver(seconds: number, work: () => unknown): Promise<never> {
  for (;;) {
    await work();
    await sleep(STUCK_MS);
    await busyFor(seconds);
  }
}
