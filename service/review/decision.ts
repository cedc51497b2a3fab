import { z } from 'zod';
import { IdentityStatement } from '../contract/identity.ts';
import { Owned, OwnedAnswer } from '../contract/owned.ts';
import { MatchStatement } from '../contract/title.ts';
import { TitleId } from '../contract/values.ts';
import type { JobDocument } from '../jobs/document.ts';

/** What a person decided about a disc: kept by fingerprint, for the next time it is inserted. */
export const Decision = z.object({
  identity: IdentityStatement.nullable(),
  titles: z.array(z.object({ id: TitleId, match: MatchStatement })),
  wanted: z.array(TitleId).nullable().default(null).describe('titles chosen to be ripped'),
  owned: z
    .object({ by: Owned.shape.by, answer: OwnedAnswer })
    .nullable()
    .default(null)
    .describe('whether it is ripped although what it brings is there'),
});
export type Decision = z.infer<typeof Decision>;

/** What of a job is a person's own decision, new or remembered; null when nothing is. */
export function decisionOf(
  job: Pick<JobDocument, 'identity' | 'titles' | 'questions' | 'owned'>,
): Decision | null {
  const identity =
    job.identity && isPersonal(job.identity) ? identityStatement(job.identity) : null;
  const titles = job.titles.flatMap(({ id, match }) => {
    if (!match || !isPersonal(match)) return [];
    const { kind, season, episodes, name, part } = match;
    return [{ id, match: { kind, season, episodes, name, ...(part && { part }) } }];
  });
  const wanted = chosenTitles(job);
  const owned = ownedDecision(job.owned);
  if (!identity && titles.length === 0 && !wanted && !owned) return null;
  return { identity, titles, wanted, owned };
}

function chosenTitles({ questions, titles }: Pick<JobDocument, 'questions' | 'titles'>) {
  const answered = questions.find(({ kind }) => kind === 'titles')?.answered;
  return answered ? titles.filter((title) => title.wanted).map(({ id }) => id) : null;
}

function ownedDecision(owned: Owned | null): Decision['owned'] {
  if (!owned || owned.verdict === 'ask' || !isPersonal(owned)) return null;
  return { by: owned.by, answer: owned.verdict };
}

/** True for what automation must never overwrite. */
export function isPersonal({ decidedBy }: { decidedBy: string }): boolean {
  return decidedBy === 'person' || decidedBy === 'remembered';
}

function identityStatement(identity: IdentityStatement): IdentityStatement {
  const { kind, title, year, season, disc, edition, tmdb } = identity;
  const { genres, certification, originalLanguage } = identity;
  const work = { genres, certification, originalLanguage };
  return { kind, title, year, season, disc, edition, tmdb, ...work };
}
