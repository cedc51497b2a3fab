/** A repeat within this time after the answer is answered again, not run again. */
const REMEMBERED_MS = 10 * 60 * 1000;
/** What the remembered answers may take together; the oldest go first. */
const MOST_BYTES = 8 * 1024 * 1024;

interface Known {
  answer: Promise<string>;
  bytes: number;
  answeredAt: number;
}

/** The answers of the last ten minutes and the requests that are still running, by transaction. */
export class Answered {
  readonly #known = new Map<string, Known>();
  #bytes = 0;

  /** The answer of `run`, or of the same request before. */
  async once(key: string, run: () => Promise<string>): Promise<string> {
    this.#forgetOld();
    const known = this.#known.get(key);
    if (known !== undefined) return await known.answer;
    const entry: Known = { answer: run(), bytes: 0, answeredAt: Number.POSITIVE_INFINITY };
    this.#known.set(key, entry);
    const answer = await entry.answer;
    this.#remember(key, entry, answer);
    return answer;
  }

  /** Moved to the end, so that the map is in the order of the answers; what still runs stays. */
  #remember(key: string, entry: Known, answer: string): void {
    entry.bytes = Buffer.byteLength(answer);
    entry.answeredAt = Date.now();
    this.#known.delete(key);
    this.#known.set(key, entry);
    this.#bytes += entry.bytes;
    this.#forgetOld();
  }

  #forgetOld(): void {
    const before = Date.now() - REMEMBERED_MS;
    for (const [key, { bytes, answeredAt }] of this.#known) {
      if (answeredAt === Number.POSITIVE_INFINITY) continue;
      if (answeredAt >= before && this.#bytes <= MOST_BYTES) return;
      this.#known.delete(key);
      this.#bytes -= bytes;
    }
  }
}
