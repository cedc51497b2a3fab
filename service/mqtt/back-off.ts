/** A connection that lasted this long was a good one: the next attempt comes soon again. */
const STABLE_MS = 10_000;
const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** How long to wait before the next attempt: doubling, with jitter so that clients do not come in step. */
export class BackOff {
  #next = FIRST_MS;

  /** `lastedMs` is how long the last connection was up, 0 when it did not come up. */
  next(lastedMs: number): number {
    if (lastedMs >= STABLE_MS) this.#next = FIRST_MS;
    const delay = this.#next;
    this.#next = Math.min(LONGEST_MS, delay * 2);
    return delay * (0.75 + Math.random() * 0.5);
  }
}
