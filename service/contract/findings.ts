import { z } from 'zod';
import { Part } from './title.ts';
import { LINE_LENGTH, Line, TitleId } from './values.ts';

export const explainedSignals = [
  'subtitle-times',
  'voice',
  'text',
  'speech',
  'structure',
  'order',
  'described',
  'set',
] as const;

/** So much is kept of what speaks for one possibility, and so many possibilities of each title. */
export const MOST_EXPLAINED = 10;
export const MOST_RANKED = 4;

const EpisodeNumber = z.object({
  season: z.int().min(0).max(999),
  episode: z.int().min(0).max(9999),
});

const Ranked = z.object({
  episodes: z.array(EpisodeNumber).max(20).describe('empty: no episode'),
  probability: z.number().min(0).max(1),
  explained: z
    .array(
      z.object({
        signal: z.enum(explainedSignals),
        says: z.string().max(LINE_LENGTH),
        weight: z.number().describe('logarithm of a likelihood ratio'),
        score: z.number().nullable(),
        offset: z.number().nullable().describe('seconds'),
        speed: z.number().nullable(),
        runnerUp: EpisodeNumber.extend({ score: z.number() }).nullable(),
      }),
    )
    .max(MOST_EXPLAINED),
});

/** Everything that was measured of a title and what was made of it. */
export const Explanation = z.object({
  id: TitleId,
  verdict: z.enum(['accept', 'mark', 'ask']),
  doubt: z.string().max(LINE_LENGTH).nullable().describe('why it was not accepted'),
  part: Part.nullable(),
  ranked: z.array(Ranked).min(1).max(MOST_RANKED),
});
export type Explanation = z.infer<typeof Explanation>;

/** One thing that a title may be, by what was measured in its file. */
export const Possibility = Ranked.extend({
  name: Line.nullable().describe('of the episode, or of all of them'),
});
export type Possibility = z.infer<typeof Possibility>;

/** What one title was found to be, the likeliest first. */
export const TitleFinding = Explanation.extend({
  ranked: z.array(Possibility).min(1).max(MOST_RANKED),
});
export type TitleFinding = z.infer<typeof TitleFinding>;

/** What the files of a disc say which episodes they are, kept with the job so that it can be looked at later. */
export const Findings = z.object({
  show: z.object({ title: z.string(), tmdb: z.int().positive().nullable() }),
  seasons: z.array(z.int().min(0)).describe('those whose episodes were thought of'),
  references: z.int().nonnegative().describe('subtitles of known episodes that were compared with'),
  notes: z.array(z.string().max(300)).max(20).describe('what was wrong with other references'),
  titles: z.array(TitleFinding).max(999),
});
export type Findings = z.infer<typeof Findings>;
