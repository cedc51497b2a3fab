/**
 * A provider could not be reached or gave no usable answer, in words without addresses: those may hold a key.
 * It becomes the outcome "unavailable" of what was asked.
 */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  /** True when something answered. */
  readonly reached: boolean;

  constructor(message: string, reached: boolean) {
    super(message);
    this.reached = reached;
  }
}
