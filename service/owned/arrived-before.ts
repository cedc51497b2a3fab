import type { Owned } from '../contract/owned.ts';
import type { JobDocument } from '../jobs/document.ts';
import { nameOf } from '../review/statement.ts';

/** What there is to say of a disc whose earlier job brought everything. */
export function arrivedBefore(before: JobDocument, verdict: Owned['verdict']): Owned {
  const at = before.endedAt ?? before.updatedAt;
  const what = before.identity?.title ? ` as ${nameOf(before.identity)}` : '';
  const files = before.titles.flatMap(({ filed }) => filed ?? []).slice(0, 10);
  return {
    by: 'disc',
    job: before.id,
    at,
    says: `This disc arrived before, on ${at.slice(0, 10)}${what}`,
    sure: true,
    files: files.map((file) => ({ ...file, bytes: null, resolution: null, edition: null })),
    verdict,
    decidedBy: 'policy',
  };
}
