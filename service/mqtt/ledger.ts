export interface LedgerFile {
  /** The topics written last, none when there is no file yet. */
  read(): Promise<string[]>;
  /** Resolves when the topics are durable. */
  write(topics: string[]): Promise<void>;
}

/**
 * Every retained topic that was ever published and not cleared since: without it a renamed drive or
 * a finished job would leave a ghost on the broker for ever. Written before the topic is published.
 */
export class Ledger {
  readonly #file: LedgerFile;
  #topics = new Set<string>();
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(file: LedgerFile) {
    this.#file = file;
  }

  async load(): Promise<void> {
    this.#topics = new Set([...(await this.#file.read()), ...this.#topics]);
  }

  topics(): string[] {
    return [...this.#topics];
  }

  /** Resolves when the topic is on disk. */
  async add(topic: string): Promise<void> {
    if (this.#topics.has(topic)) return this.#writing;
    this.#topics.add(topic);
    await this.#write();
  }

  async remove(topic: string): Promise<void> {
    if (this.#topics.delete(topic)) await this.#write();
  }

  /** Changes made while a write is under way share the next one. */
  #write(): Promise<void> {
    this.#next ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.#file.write([...this.#topics]);
      });
    this.#writing = this.#next;
    return this.#next;
  }
}
