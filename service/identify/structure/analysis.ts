import { z } from 'zod';
import { IdentityKind } from '../../contract/identity.ts';
import { TitleRole } from '../../contract/title.ts';
import { episodeOrder } from './episode-order.ts';
import { episodesIn } from './joined-episodes.ts';
import { SURE_KIND } from './kinds.ts';
import { rolesOf } from './roles.ts';
import { type Structure, structureOf } from './structure.ts';
import type { TitleFacts } from './title-facts.ts';

/** What a disc is by its structure alone: printed by `discflow scan --json` beside the scan record. */
export const DiscAnalysis = z.object({
  kinds: z
    .array(
      z.object({
        kind: IdentityKind,
        probability: z
          .number()
          .min(0)
          .max(1)
          .describe('calibrated: of 10 discs with 0.9, 9 are of this kind'),
        says: z.string().describe('what speaks for it'),
        against: z.string().nullable().describe('what speaks for another kind'),
      }),
    )
    .describe('most probable first'),
  asks: z.boolean().describe('too doubtful to go by structure alone: a person is asked'),
  titles: z
    .array(
      z.object({
        number: z.int().min(0),
        role: TitleRole.describe('if the disc is of the most probable kind'),
        related: z
          .array(z.int().min(0))
          .describe('members of a play-all in playing order, the original, or the other cuts'),
      }),
    )
    .describe('in the order of their numbers'),
  episodes: z
    .array(z.int().min(0))
    .describe('titles in the best order the disc tells: its play-all, else the title numbers'),
  orderConfirmed: z
    .boolean()
    .nullable()
    .describe('whether numbers and play-all agree; null without a play-all'),
  joined: z
    .array(z.object({ number: z.int().min(0), episodes: z.int().min(2) }))
    .describe('titles that look like several episodes in a row'),
  obfuscation: z
    .object({
      decoys: z.int().min(1).describe('titles made to hide the right one'),
      candidates: z.array(z.int().min(0)).describe('the most promising ones, at most three'),
    })
    .nullable()
    .describe('the disc hides its main title, and nothing in the structure says which it is'),
});
export type DiscAnalysis = z.infer<typeof DiscAnalysis>;

const MOST_CANDIDATES = 3;

/** Everything that the structure of a disc says, from titles of any source. */
export function analyseDisc(titles: readonly TitleFacts[]): DiscAnalysis {
  return analysisOf(structureOf(titles));
}

export function analysisOf(structure: Structure): DiscAnalysis {
  const { kinds, works } = structure;
  const [first] = kinds;
  const roles = rolesOf(first?.kind ?? 'unknown', structure);
  const order = episodeOrder(roles, works);
  const candidates = hiddenTitles(structure);
  return {
    kinds: kinds.map((guess) => ({ ...guess })),
    asks: first === undefined || first.kind === 'unknown' || first.probability < SURE_KIND,
    titles: [...roles]
      .map(([number, { role, related }]) => ({ number, role, related: [...related] }))
      .sort((a, b) => a.number - b.number),
    episodes: [...order.titles],
    orderConfirmed: order.confirmed,
    joined: works.works.flatMap((work) => {
      const count = episodesIn(work).count;
      return count ? [{ number: work.number, episodes: count }] : [];
    }),
    obfuscation:
      candidates.length === 0 ? null : { decoys: works.decoys.length, candidates: [...candidates] },
  };
}

/** The titles one of which is what the disc is about, if it hides that; the most promising first. */
export function hiddenTitles({ works, stories, kinds: [first] }: Structure): readonly number[] {
  const { hidden, decoys } = works;
  const isAbout = stories.some(
    ({ kind, principals }) =>
      kind === first?.kind && hidden !== null && principals.includes(hidden),
  );
  return isAbout ? decoys.slice(0, MOST_CANDIDATES) : [];
}
