const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long MakeMKV may take for what; all times in milliseconds. */
export interface Limits {
  /** For the drives and the version. A cold call on a busy drive takes more than 20 s. */
  probe: number;
  /** Without a line, while a disc is opened. */
  silence: number;
  /** To open and look at a disc. */
  open: number;
  /** The same after messages that announce long work. */
  longOpen: number;
  /** Without `leastGrowth` bytes of output while titles are saved: a person is told. */
  quiet: number;
  /** The same, and it is stopped. */
  stall: number;
  /** A drive that recovers bad sectors drips some bytes now and then: that is no progress. */
  leastGrowth: number;
  /** From asking it to end to killing it; then the kernel has to give the drive free. */
  killAfter: number;
  /** Between looks at the output. */
  poll: number;
}

export const DEFAULT_LIMITS: Limits = {
  probe: MINUTE,
  silence: 2 * MINUTE,
  open: 10 * MINUTE,
  longOpen: 30 * MINUTE,
  quiet: 2 * MINUTE,
  stall: 30 * MINUTE,
  leastGrowth: 1024 * 1024,
  killAfter: 10 * SECOND,
  poll: SECOND,
};
