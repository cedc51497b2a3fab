import type { Question } from '../contract/question.ts';
import type { Review, ReviewEvent, ReviewQueue } from '../contract/review.ts';
import type { JobDocument } from '../jobs/document.ts';
import { newestFirst } from '../jobs/newest-first.ts';
import { hasEnded } from '../jobs/states.ts';
import { openQuestions } from '../review/open-questions.ts';

export function reviewOf(job: JobDocument, question: Question): Review {
  return { v: 1, ...question, job: job.id, drive: job.drive, disc: job.disc.label };
}

export function reviewQueue(jobs: readonly JobDocument[]): ReviewQueue {
  const open = jobs
    .filter((job) => !hasEnded(job))
    .flatMap(openQuestions)
    .sort((a, b) => newestFirst(b, a));
  const first = open[0];
  return { v: 1, count: open.length, oldest: first?.askedAt ?? null, next: first?.id ?? null };
}

export function reviewEvent(job: JobDocument, question: Question): ReviewEvent {
  return {
    v: 1,
    event_type: question.answered || hasEnded(job) ? 'resolved' : 'needed',
    review: question.id,
    rev: question.rev,
    job: job.id,
    title: job.identity?.title ?? job.disc.label,
    message: question.text,
    candidates: question.candidates.map(({ id, label }) => ({ id, label })),
  };
}
