import { z } from 'zod';
import { DecidedBy, Evidence, Line } from './values.ts';

export const identityKinds = ['tv', 'movie', 'extras', 'music', 'data', 'unknown'] as const;
export const IdentityKind = z.enum(identityKinds);
export type IdentityKind = z.infer<typeof IdentityKind>;

/** What the disc is, as far as it is known. */
export const Identity = z.object({
  kind: IdentityKind,
  title: Line.nullable(),
  year: z.int().min(1870).max(2200).nullable(),
  season: z.int().min(0).max(999).nullable().describe('0 = specials'),
  disc: z.int().min(1).max(999).nullable().describe('number of the disc in its set'),
  edition: z.string().max(100).nullable(),
  tmdb: z.int().positive().nullable(),
  probability: z.number().min(0).max(1),
  decidedBy: DecidedBy,
  evidence: z.array(Evidence).max(20),
});
export type Identity = z.infer<typeof Identity>;

/** The part of an identity that a person or a flow may state. */
export const IdentityStatement = Identity.pick({
  kind: true,
  title: true,
  year: true,
  season: true,
  disc: true,
  edition: true,
  tmdb: true,
})
  .partial()
  .strict();
export type IdentityStatement = z.infer<typeof IdentityStatement>;
