import type { IdentityStatement } from '../../contract/identity.ts';
import type { Evidence } from '../../contract/values.ts';

/** One thing that the disc may be, with what speaks for and against it. */
export interface Possibility {
  /** Short and the same for the same possibility: the id of its candidate. */
  readonly id: string;
  readonly identity: IdentityStatement;
  /** 0 to 1. */
  readonly probability: number;
  /** Something beside a name vouches for it; what only a name vouches for is asked. */
  readonly confirmed: boolean;
  readonly evidence: readonly Evidence[];
}
