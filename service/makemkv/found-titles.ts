import type { RobotRecord } from './robot-record.ts';

/** Titles that were added or left out, with their numbers in the params. */
const titleCodes: ReadonlySet<number> = new Set([3025, 3026, 3027, 3028, 3039, 3307, 3308, 3309]);

/**
 * What a run says of the titles that it finds. Indices count over these: when a read error hides a title in one run
 * and not in the next, the same index is another title.
 */
export class FoundTitles {
  readonly #found: string[] = [];

  take(record: RobotRecord): void {
    if (record.type === 'message' && titleCodes.has(record.code))
      this.#found.push(JSON.stringify([record.code, ...record.params]));
  }

  /** The same for runs that found the same, in whatever order they tell. */
  signature(): string {
    return this.#found.toSorted().join('\n');
  }
}
