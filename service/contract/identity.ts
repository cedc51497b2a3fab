import { z } from 'zod';
import { DecidedBy, Evidence, Language, Line } from './values.ts';

export const identityKinds = ['tv', 'movie', 'extras', 'music', 'data', 'unknown'] as const;
export const IdentityKind = z.enum(identityKinds);
export type IdentityKind = z.infer<typeof IdentityKind>;

/** What TMDB knows of a film or series beside its name; routing in flows lives on it. */
const work = {
  genres: z.array(Line).max(20).describe('in the metadata language, as TMDB has them'),
  certification: z
    .string()
    .max(20)
    .nullable()
    .describe('age rating in the country of the settings, "PG-13", "FSK 12"'),
  originalLanguage: Language.nullable(),
};

/** What the disc is, as far as it is known. */
export const Identity = z.object({
  kind: IdentityKind,
  title: Line.nullable(),
  year: z.int().min(1870).max(2200).nullable(),
  season: z.int().min(0).max(999).nullable().describe('0 = specials'),
  disc: z.int().min(1).max(999).nullable().describe('number of the disc in its set'),
  edition: z.string().max(100).nullable(),
  tmdb: z.int().positive().nullable(),
  genres: work.genres.default([]),
  certification: work.certification.default(null),
  originalLanguage: work.originalLanguage.default(null),
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
  .extend(work)
  .partial()
  .strict();
export type IdentityStatement = z.infer<typeof IdentityStatement>;
