import { z } from 'zod';
import { IdentityStatement } from './identity.ts';
import { At, Id, Ulid } from './values.ts';

/** What somebody said the next disc of a drive is, before it was put in. */
export const Arming = z.object({
  id: Ulid,
  identity: IdentityStatement,
  library: Id.nullable(),
  expires: At.nullable(),
  at: At,
});
export type Arming = z.infer<typeof Arming>;

/** As many discs as can be announced for one drive. */
export const MOST_ARMED = 50;
