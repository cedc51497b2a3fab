import type { CircuitBreakerPolicy, IBreaker } from 'cockatiel';
import { ProviderFailure } from './provider-failure.ts';

export interface CircuitTimes {
  /** Milliseconds after which an open circuit lets one request try. */
  readonly halfOpenAfter: number;
}

/** So many failures in a row open the circuit. */
const FAILURES_TO_OPEN = 5;
const FIVE_MINUTES = 5 * 60_000;

/** Keeps a provider that is down from being asked for each disc anew: `execute` then fails at once. */
export async function createCircuit({
  halfOpenAfter = FIVE_MINUTES,
}: Partial<CircuitTimes> = {}): Promise<CircuitBreakerPolicy> {
  const { circuitBreaker, handleType, CircuitState } = await import('cockatiel');
  return circuitBreaker(handleType(ProviderFailure), {
    halfOpenAfter,
    breaker: probation(CircuitState.HalfOpen),
  });
}

/**
 * Cockatiel closes a half-open circuit after one success; a second one has to follow before five failures
 * are tolerated again, so that a provider that answers once in a while stays left alone.
 */
function probation(halfOpen: number): IBreaker {
  let failures = 0;
  let onProbation = false;
  return {
    state: null,
    success(state) {
      failures = 0;
      onProbation = state === halfOpen;
    },
    failure() {
      failures++;
      return onProbation || failures >= FAILURES_TO_OPEN;
    },
  };
}
