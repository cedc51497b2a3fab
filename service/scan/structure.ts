import { DiscflowError } from '../errors.ts';

/** What the disc says about itself cannot be true. */
export function damagedStructure(what: string, cause?: unknown): DiscflowError {
  return new DiscflowError('disc-unreadable', `The disc's structure is damaged: ${what}.`, {
    hint: 'Clean the disc or try another drive; for a copy, make it again.',
    cause,
  });
}

/** Runs a parser over Node's bounds-checked buffers: what points outside of them is damage, not a fault of ours. */
export function parseStructure<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw damagedStructure(what, error);
    throw error;
  }
}
