import { setTimeout as sleep } from 'node:timers/promises';

interface UntilOptions {
  /** What else is said when the time is over. */
  picture?: () => string;
  limitMs?: number;
}

/** Waits until something is so; throws with the text after the limit. */
export async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { picture = () => '', limitMs = 15_000 }: UntilOptions = {},
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}\n${picture()}`);
    await sleep(10);
  }
}
