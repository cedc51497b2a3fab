import type { Problem } from '../contract/problem.ts';

/** What came of asking a provider. Only an abort is thrown: whatever a provider does, work goes on. */
export type Lookup<T> =
  | { readonly state: 'found'; readonly value: T }
  /** The provider answered: it knows nothing of that. */
  | { readonly state: 'absent' }
  /** Switched off in the settings. */
  | { readonly state: 'off' }
  /** It wants a key that is missing or that it does not accept. */
  | { readonly state: 'refused'; readonly problem: Problem }
  /** Not reached, or `reached` and its answer was of no use. */
  | { readonly state: 'unavailable'; readonly reached: boolean; readonly problem: Problem };

export interface LookupOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The same outcome with its value, if there is one, made into another; null makes it absent. */
export function mapFound<From, To>(
  lookup: Lookup<From>,
  make: (value: From) => To | null,
): Lookup<To> {
  if (lookup.state !== 'found') return lookup;
  const value = make(lookup.value);
  return value === null ? { state: 'absent' } : { state: 'found', value };
}
