import { Low } from 'lowdb';
import { ulid } from 'ulid';
import { z } from 'zod';
import { Arming, MOST_ARMED } from '../contract/arming.ts';
import { DiscflowError } from '../errors.ts';
import { jsonFile } from './json-file.ts';

const Document = z.object({
  v: z.literal(1),
  drives: z.record(z.string(), z.array(Arming)),
});

/** `setTimeout` takes no more; what expires later is told by a restart or the next change. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface ArmingsOptions {
  path: string;
  /** What was said about a drive is another than before. */
  onChange: (drive: string) => void;
  clock?: () => number;
}

/** What somebody said the next discs of each drive are, in order; it outlives a restart. */
export class Armings {
  readonly #file: Low<z.infer<typeof Document>>;
  readonly #options: ArmingsOptions;
  readonly #clock: () => number;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ArmingsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    this.#file = new Low(jsonFile(options.path, Document), { v: 1, drives: {} });
  }

  /** Throws `state-damaged`. */
  async start(): Promise<void> {
    await this.#file.read();
    for (const drive of Object.keys(this.#file.data.drives)) this.#tellWhenOver(drive);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** What the next discs of a drive are, the first first; what has expired does not count. */
  of(drive: string): Arming[] {
    const now = this.#clock();
    return (this.#file.data.drives[drive] ?? []).filter(
      ({ expires }) => expires === null || Date.parse(expires) > now,
    );
  }

  /** `add`: for the disc behind those that were said already. Throws `bad-request` for too many. */
  arm(
    drive: string,
    { add, ...said }: Pick<Arming, 'identity' | 'library' | 'expires'> & { add: boolean },
  ): Promise<void> {
    const arming: Arming = { id: ulid(), ...said, at: new Date(this.#clock()).toISOString() };
    return this.#change(drive, (armed) => {
      if (add && armed.length >= MOST_ARMED) throw tooMany(drive);
      return add ? [...armed, arming] : [arming];
    });
  }

  clear(drive: string): Promise<void> {
    return this.#change(drive, () => []);
  }

  /** Takes away what has become of a disc; the same again changes nothing. */
  used(drive: string, id: string): Promise<void> {
    return this.#change(drive, (armed) => armed.filter((arming) => arming.id !== id));
  }

  #change(drive: string, edit: (armed: Arming[]) => Arming[]): Promise<void> {
    const work = async () => {
      const before = this.#file.data.drives;
      const { [drive]: _, ...others } = before;
      const after = edit(this.of(drive));
      this.#file.data.drives = after.length > 0 ? { ...others, [drive]: after } : others;
      try {
        await this.#file.write();
      } catch (error) {
        this.#file.data.drives = before;
        throw error;
      }
      this.#tellWhenOver(drive);
      this.#options.onChange(drive);
    };
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #tellWhenOver(drive: string): void {
    clearTimeout(this.#timers.get(drive));
    const ends = this.of(drive).flatMap(({ expires }) => (expires ? Date.parse(expires) : []));
    if (ends.length === 0) return;
    const wait = Math.min(Math.max(0, Math.min(...ends) - this.#clock()) + 1, LONGEST_TIMER_MS);
    const timer = setTimeout(() => {
      this.#tellWhenOver(drive);
      this.#options.onChange(drive);
    }, wait);
    this.#timers.set(drive, timer.unref());
  }
}

function tooMany(drive: string): DiscflowError {
  return new DiscflowError('bad-request', `${MOST_ARMED} discs of drive "${drive}" are announced`, {
    hint: 'Put some of them in first, or forget them with an identity of null.',
  });
}
