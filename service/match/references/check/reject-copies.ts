import type { Reference, RejectedReference } from '../reference.ts';
import { findCopies } from './find-copies.ts';

/** Takes out what is of two episodes by its text, but for what is vouched for. */
export function rejectCopies(references: readonly Reference[]): {
  fit: Reference[];
  rejected: RejectedReference[];
} {
  const rejected = new Map<Reference, RejectedReference>();
  for (const { members, vouched } of findCopies(references))
    for (const one of members) {
      if (vouched.includes(one)) continue;
      const twin = members.find(
        (other) => other.season !== one.season || other.episodes.join() !== one.episodes.join(),
      );
      const { cues: _, ...facts } = one;
      const of = twin
        ? `episode ${twin.episodes.join(' and ')} (${twin.origin})`
        : 'another episode';
      rejected.set(one, {
        ...facts,
        code: 'duplicate-text',
        says: `It has the same text as ${of}, so one of them is wrong`,
      });
    }
  return {
    fit: references.filter((one) => !rejected.has(one)),
    rejected: [...rejected.values()],
  };
}
