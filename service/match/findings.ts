import { z } from 'zod';
import { Line } from '../contract/values.ts';
import { Explanation } from './decide/explanation.ts';

const Ranked = Explanation.shape.ranked.element;

/** One thing that a title may be, by what was measured in its file. */
export const Possibility = Ranked.extend({
  name: Line.nullable().describe('of the episode, or of all of them'),
});
export type Possibility = z.infer<typeof Possibility>;

/** What one title was found to be, the likeliest first. */
export const TitleFinding = Explanation.extend({ ranked: z.array(Possibility).min(1).max(4) });
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
