import { z } from 'zod';
import { Question } from './question.ts';
import { At, Id, Ulid } from './values.ts';

/** Retained on `review/<id>` while the question is open. */
export const Review = Question.extend({
  v: z.literal(1),
  job: Ulid,
  drive: Id,
  disc: z.string(),
});
export type Review = z.infer<typeof Review>;

/** Retained on `review/queue`. */
export const ReviewQueue = z.object({
  v: z.literal(1),
  count: z.int().nonnegative(),
  oldest: At.nullable(),
  next: Ulid.nullable(),
});
export type ReviewQueue = z.infer<typeof ReviewQueue>;

/** On `review/event`, not retained: for notifications. */
export const ReviewEvent = z.object({
  v: z.literal(1),
  event_type: z.enum(['needed', 'resolved']),
  review: Ulid,
  rev: z.int().min(1),
  job: Ulid,
  title: z.string(),
  message: z.string(),
  candidates: z.array(z.object({ id: z.string(), label: z.string() })).max(5),
});
export type ReviewEvent = z.infer<typeof ReviewEvent>;
