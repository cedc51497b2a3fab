import { hideKeys } from './hide-keys.ts';
import type { MessageRecord } from './robot-record.ts';

const NAMED_PLACES = 3;

/** What was lost of a title while it was saved. */
export class Damage {
  #errors = 0;
  readonly #places = new Map<string, number>();
  /** MakeMKV gave the title up. */
  givenUp = false;
  /** Words for what is wrong beside read errors. */
  readonly #other = new Set<string>();

  readError({ params: [, where = '?', offset = '?'] }: Pick<MessageRecord, 'params'>): void {
    this.#errors++;
    const name = where.slice(where.lastIndexOf('/') + 1);
    const place = `${hideKeys(name).slice(0, 80)} at byte ${hideKeys(offset).slice(0, 20)}`;
    this.#places.set(place, (this.#places.get(place) ?? 0) + 1);
  }

  add(says: string): void {
    if (this.#other.size < NAMED_PLACES) this.#other.add(says);
  }

  /** True when the disc, not the program, is why. */
  get isOnDisc(): boolean {
    return this.#errors > 0;
  }

  get isAny(): boolean {
    return this.#errors > 0 || this.givenUp || this.#other.size > 0;
  }

  /** "4 read errors (VTS_01_1.VOB at byte 9979904)" */
  inWords(): string {
    const places = [...this.#places.keys()];
    const named = places.slice(0, NAMED_PLACES).join(', ');
    const more =
      places.length > NAMED_PLACES ? ` and ${places.length - NAMED_PLACES} more places` : '';
    const errors = this.#errors === 1 ? '1 read error' : `${this.#errors} read errors`;
    const parts = this.#errors > 0 ? [`${errors} (${named}${more})`] : [];
    return [...parts, ...this.#other].join('; ') || 'MakeMKV could not save it';
  }
}
