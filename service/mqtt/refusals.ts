import type { Problem } from '../contract/problem.ts';
import { accessHint, type ReportProblem } from './report.ts';

/** MQTT 3.1.1 cannot say no to a publish; a broker that closes within this time means no. */
const CLOSED_AT_ONCE_MS = 2000;
/** A topic that made the broker hang up is left alone for this long before it is tried again. */
const HOLD_BACK_MS = 10 * 60 * 1000;

interface Options {
  root: string;
  report: ReportProblem;
}

/**
 * Knows which topics the broker does not let us publish on, so that a publish which makes it close
 * the connection (aedes does) cannot loop. A closed connection alone proves nothing: what was under
 * way then is suspected and sent again alone; only a second close convicts it.
 */
export class Refusals {
  readonly #options: Options;
  readonly #suspects = new Set<string>();
  readonly #heldUntil = new Map<string, number>();
  readonly #refused = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether the topic must be published with nothing else under way. */
  isSuspect(topic: string): boolean {
    return this.#suspects.has(topic);
  }

  isHeldBack(topic: string): boolean {
    const until = this.#heldUntil.get(topic);
    if (until === undefined) return false;
    if (Date.now() < until) return true;
    this.#heldUntil.delete(topic);
    this.#suspects.add(topic);
    return false;
  }

  acknowledged(topic: string): void {
    this.#suspects.delete(topic);
    if (this.#refused.delete(topic)) this.#tell(null);
  }

  refused(topic: string, reason: string): void {
    if (this.#refused.has(topic)) return;
    this.#refused.add(topic);
    this.#tell(reason);
  }

  /** The connection was closed while these were unacknowledged; `sentAt` in ms since the epoch. */
  closedWith(underWay: { topic: string; sentAt: number }[]): void {
    const recent = underWay.filter(({ sentAt }) => Date.now() - sentAt < CLOSED_AT_ONCE_MS);
    const only = recent.length === 1 ? recent[0]?.topic : undefined;
    if (only !== undefined && this.#suspects.delete(only)) {
      this.#heldUntil.set(only, Date.now() + HOLD_BACK_MS);
      this.refused(only, 'it closes the connection');
    } else for (const { topic } of recent) this.#suspects.add(topic);
  }

  #tell(reason: string | null): void {
    this.#options.report('publish', this.#problem(reason));
  }

  #problem(reason: string | null): Problem | null {
    const [first, ...others] = this.#refused;
    if (first === undefined) return null;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const because = reason === null ? '' : ` (${reason})`;
    return {
      code: 'publish-refused',
      message: `The broker does not let this station publish on ${first}${more}${because}`,
      hint: accessHint(this.#options.root),
    };
  }
}
