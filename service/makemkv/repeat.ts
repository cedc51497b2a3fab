/** Does something every so many milliseconds, never twice at a time, until it is stopped. It must not throw. */
export function repeat(everyMs: number, work: () => Promise<void>) {
  let working: Promise<void> | null = null;
  const timer = setInterval(now, everyMs).unref();
  return {
    now,
    /** Resolves when nothing runs any more. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await working;
    },
  };

  /** Also at this moment. */
  function now(): void {
    working ??= work().finally(() => {
      working = null;
    });
  }
}
