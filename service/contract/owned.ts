import { z } from 'zod';
import { At, DecidedBy, Id, Line, Ulid } from './values.ts';

/** A file that holds what the disc holds, as far as it is known. */
export const OwnedFile = z.object({
  library: Id,
  path: z.string().max(4096),
  bytes: z.int().nonnegative().nullable(),
  resolution: z.enum(['sd', '720p', '1080p', '2160p']).nullable().describe('sd: what a DVD has'),
  edition: Line.nullable(),
});
export type OwnedFile = z.infer<typeof OwnedFile>;

export const OwnedAnswer = z.enum(['rip', 'skip']);
export type OwnedAnswer = z.infer<typeof OwnedAnswer>;

/** What a disc brings is there already: where, and whether it is ripped all the same. */
export const Owned = z.object({
  by: z
    .enum(['disc', 'library'])
    .default('disc')
    .describe('this very disc arrived before, or its film or episodes are in a library'),
  job: Ulid.nullable().describe('the job that brought it, if it was one'),
  at: At.nullable().describe('when it arrived'),
  says: Line.default(''),
  sure: z.boolean().default(true).describe('false: the name alone speaks for it'),
  files: z.array(OwnedFile).max(10).default([]),
  verdict: z.enum(['ask', ...OwnedAnswer.options]).default('skip'),
  decidedBy: DecidedBy.default('policy'),
});
export type Owned = z.infer<typeof Owned>;
