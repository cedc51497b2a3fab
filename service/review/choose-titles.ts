import type { Question } from '../contract/question.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';

/**
 * Rips the chosen titles of a question and none of its others; what was never in question stays.
 * Throws `unknown-title` and, for no title at all, `bad-request`.
 */
export function chooseTitles(
  { id, titles }: Pick<JobDocument, 'id' | 'titles'>,
  question: Pick<Question, 'candidates' | 'titles'>,
  chosen: readonly TitleId[],
): void {
  if (chosen.length === 0)
    throw new DiscflowError('bad-request', 'No title was chosen', {
      hint: `Name at least one, such as {"titles": ["${question.titles[0] ?? 't01'}"]}.`,
    });
  for (const title of chosen) checkTitle(id, titles, title);
  const offered = new Set([...question.titles, ...chosen]);
  for (const title of titles) {
    if (!offered.has(title.id)) continue;
    title.wanted = chosen.includes(title.id);
    if (title.wanted && title.state === 'skipped') title.state = 'pending';
    if (!title.wanted && title.state === 'pending') title.state = 'skipped';
    if (title.wanted && title.role === 'decoy') title.role = 'main';
  }
}

function checkTitle(job: string, titles: JobDocument['titles'], chosen: TitleId): void {
  if (titles.some(({ id }) => id === chosen)) return;
  throw new DiscflowError('unknown-title', `Job ${job} has no title ${chosen}`, {
    hint: 'Look at the job: "discflow jobs" shows its titles.',
  });
}
