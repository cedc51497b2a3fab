import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM'] as const;

export interface Interrupts {
  /** Aborts when the process is told to stop. */
  signal: AbortSignal;
  /** The exit code that shells expect after the signal; null while nobody has told the process to stop. */
  code(): number | null;
}

/**
 * Makes Ctrl-C and SIGTERM a request to stop; the second one ends the process at once. The listeners stay, since
 * libraries that tidy up at a signal end the process as soon as nobody else listens.
 */
export function catchInterrupts(): Interrupts {
  const stopped = new AbortController();
  let code: number | null = null;
  for (const name of signals)
    process.on(name, () => {
      if (code !== null) process.exit(code);
      code = 128 + constants.signals[name];
      stopped.abort();
    });
  return { signal: stopped.signal, code: () => code };
}
