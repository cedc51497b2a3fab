import type { JobSnapshot } from '../contract/job.ts';
import type { Answer, Question } from '../contract/question.ts';
import { DiscflowError } from '../errors.ts';
import { textAnswer } from '../review/text-answer.ts';
import { jobId, MOVING_LIMIT_MS, say } from './job-commands.ts';
import { nameOfJob } from './job-lines.ts';
import { withService } from './service-client.ts';
import { readSettings } from './settings.ts';

interface AmendOptions {
  data?: string;
  json?: boolean;
}

/** Puts right what a disc, or one title of it, is, also after it was filed. @returns the exit code */
export async function amendJob(
  id: string,
  words: readonly string[],
  { data, json }: AmendOptions,
): Promise<number> {
  const { config } = await readSettings(data);
  await withService(config, async ({ request }) => {
    const { job } = await request('job/get', { job: jobId(id) });
    const amendment = amendmentOf(job, words);
    const { job: after } = await request(
      'job/amend',
      { job: job.id, by: 'terminal', ...amendment },
      { timeout: MOVING_LIMIT_MS },
    );
    if (json) process.stdout.write(`${JSON.stringify(after)}\n`);
    say(`${nameOfJob(after)} is put right${job.endedAt ? ' and filed again' : ''}`);
  });
  return 0;
}

/** "t03 S01E04", "t05 extra", or what the disc is: "Harbour Lights S2". */
function amendmentOf(job: JobSnapshot, words: readonly string[]) {
  const [first = '', ...rest] = words;
  const title = job.titles.find(({ id }) => id === first.toLowerCase());
  if (!title && /^t\d+$/i.test(first))
    throw new DiscflowError('unknown-title', `Job ${job.id} has no title ${first}`, {
      hint: `Its titles are ${job.titles.map((one) => one.id).join(', ')}.`,
    });
  const answer = title
    ? textAnswer(episodeQuestion(title), rest.join(' '))
    : textAnswer(identityQuestion(job), words.join(' '));
  return statementIn(answer);
}

function statementIn(answer: Answer) {
  if ('assignment' in answer) return { assignment: answer.assignment };
  if ('identity' in answer) return { identity: answer.identity };
  throw new DiscflowError('bad-request', 'That does not say what it is', {
    hint: 'For instance: discflow amend <job> t03 S01E04, or discflow amend <job> "Long Meridian (2019)".',
  });
}

/** What is typed is read as an answer to the question that may once have been asked. */
const asked = {
  id: '00000000000000000000000000',
  rev: 1,
  text: '',
  askedAt: new Date(0).toISOString(),
  answered: null,
};

function episodeQuestion({ id, match }: JobSnapshot['titles'][number]): Question {
  const season = match?.season ?? null;
  const assignment = [{ title: id, match: { kind: 'episode' as const, season, episodes: [] } }];
  const candidate = { id: 'now', label: '', assignment, evidence: [] };
  return { ...asked, kind: 'episode', titles: [id], candidates: [candidate], default: 'now' };
}

function identityQuestion({ identity }: JobSnapshot): Question {
  const kind = identity?.kind ?? 'unknown';
  const candidate = { id: 'now', label: '', identity: { kind }, evidence: [] };
  return { ...asked, kind: 'identity', titles: [], candidates: [candidate], default: 'now' };
}
