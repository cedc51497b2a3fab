/**
 * A provider could not be reached or gave no usable answer, in words without addresses: those may hold a key.
 * Never leaves this folder; it becomes the outcome "unavailable".
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
