import type { JobEvent } from '../../service/contract/event.ts';

const REMEMBERED = 2000;

/** Finds repeats by `seq`; the event's id tells them from a station whose count began anew. */
export class RecentEvents {
  readonly #ids = new Map<number, string>();

  isRepeat({ seq, id }: JobEvent): boolean {
    if (this.#ids.get(seq) === id) return true;
    this.#ids.set(seq, id);
    const [oldest] = this.#ids.keys();
    if (this.#ids.size > REMEMBERED && oldest !== undefined) this.#ids.delete(oldest);
    return false;
  }
}
