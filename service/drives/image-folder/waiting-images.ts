import { join } from 'node:path';
import type { DiscImage } from './disc-images.ts';
import { type Measure, measure, sameMeasure } from './measure.ts';

interface Seen {
  readonly stamp: string;
  readonly measure: Measure;
  /** When it was first seen like this, in milliseconds of a clock that never jumps. */
  readonly since: number;
  readonly settled: boolean;
}

export interface NamedMeasure extends Measure {
  readonly name: string;
}

interface Options {
  readonly folder: string;
  readonly settleMs: number;
  /** True for an image that was whole before a restart: it need not settle again, and so comes first. */
  readonly isKnown: (image: NamedMeasure) => boolean;
}

let collator: Intl.Collator | undefined;

/** Disc 2 before disc 10. Most folders never need it, and its tables take 3 MiB. */
function byName(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}

/** Watches images until they have stopped growing. Only one that changes is measured again. */
export class WaitingImages {
  readonly #options: Options;
  #seen = new Map<string, Seen>();

  constructor(options: Options) {
    this.#options = options;
  }

  async look(images: readonly DiscImage[]): Promise<void> {
    const seen = new Map<string, Seen>();
    // One time for all: what arrived together settles together, and so loads in its order.
    const now = performance.now();
    for (const image of images) {
      const observed = await this.#observe(image, now);
      if (observed !== null) seen.set(image.name, observed);
    }
    this.#seen = seen;
  }

  /** In the order of their arrival. */
  settled(): NamedMeasure[] {
    return [...this.#seen]
      .filter(([, { settled }]) => settled)
      .map(([name, { measure }]) => ({ name, ...measure }))
      .sort((a, b) => a.modified - b.modified || byName(a.name, b.name));
  }

  /** Milliseconds until one more image may have settled; null when none is growing. */
  get nextMs(): number | null {
    const growing = [...this.#seen.values()].filter(({ settled }) => !settled);
    if (growing.length === 0) return null;
    const oldest = Math.min(...growing.map(({ since }) => since));
    const left = oldest + this.#options.settleMs - performance.now();
    return Math.min(Math.max(left, 50), 1000);
  }

  /** Measures a settled image again; false when it has changed and must settle once more. */
  async isStill({ name, ...before }: NamedMeasure): Promise<boolean> {
    const now = await measure(join(this.#options.folder, name));
    if (sameMeasure(before, now)) return true;
    if (now === null) this.#seen.delete(name);
    else
      this.#seen.set(name, { stamp: '', measure: now, since: performance.now(), settled: false });
    return false;
  }

  async #observe({ name, stamp }: DiscImage, now: number): Promise<Seen | null> {
    const before = this.#seen.get(name);
    if (before?.settled && before.stamp === stamp) return before;
    const measured = await measure(join(this.#options.folder, name));
    if (measured === null) return null;
    const same = before !== undefined && sameMeasure(before.measure, measured);
    const since = same ? before.since : now;
    const settled =
      now - since >= this.#options.settleMs ||
      (before === undefined && this.#options.isKnown({ name, ...measured }));
    return { stamp, measure: measured, since, settled };
  }
}
