import type { OperationData } from '../contract/request.ts';
import type { Match, Title } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import { deriveMatches, type MatchRules } from '../match/derive.ts';
import type { Matching } from '../match/matching.ts';
import { subjectOf } from '../match/measure/subject.ts';
import { isPersonal } from '../review/decision.ts';
import { openQuestions } from '../review/open-questions.ts';
import type { JobStore } from '../store/job-store.ts';
import { type JobBook, unknownJob } from './book.ts';
import type { JobDocument } from './document.ts';
import type { Engine } from './engine.ts';
import { retry } from './retry.ts';
import { snapshotOf } from './snapshot.ts';
import { hasEnded } from './states.ts';
import type { Undo } from './undo.ts';

type Rematched = OperationData<'job/rematch'>;

interface Options {
  book: JobBook;
  store: Pick<JobStore, 'readArchived'>;
  engine: Pick<Engine, 'change' | 'release'>;
  undo: Undo;
  rules: MatchRules;
  matching: Pick<Matching, 'measure' | 'forget'>;
  /** Once aborted, nothing is measured any more. */
  signal: AbortSignal;
}

/**
 * Matches a disc once more, with references that are gathered anew. Before it is filed its match step runs again;
 * filed titles are measured where they are, and only those that are surely another episode, and of which no person
 * said what they are, go back to staging and are filed under their right name. A crash in the middle leaves the job
 * waiting with what was taken back, to be matched when it goes on. Asked again, it attaches to what runs. Throws
 * `unknown-job`, and `not-possible-now` while titles are matched or moved, and for what has no episodes.
 */
export function createRematch(options: Options) {
  const { book, store, engine, matching } = options;
  const running = new Map<string, Promise<Rematched>>();

  return (id: string, transaction: string | undefined): Promise<Rematched> => {
    const work = running.get(id) ?? rematch(id, transaction).finally(() => running.delete(id));
    running.set(id, work);
    return work;
  };

  async function rematch(id: string, transaction: string | undefined): Promise<Rematched> {
    const job = book.get(id) ?? (await store.readArchived(id));
    if (!job) throw unknownJob(id);
    check(job);
    await matching.forget(id);
    return hasEnded(job) ? judgeFiled(job, transaction) : matchOnceMore(job, transaction);
  }

  async function matchOnceMore({ id }: JobDocument, transaction: string | undefined) {
    const job = await engine.change(
      id,
      (draft) => {
        check(draft);
        if (draft.blocked?.code === 'undone') retry(draft, undefined);
        // What has not been matched yet will be, with the new references.
        if (draft.steps.match.state === 'pending') return;
        draft.steps.match.state = 'pending';
        draft.blocked = null;
      },
      transaction,
    );
    await engine.release(id);
    return answer(job, 'matching', [], 'It is matched again with references gathered anew');
  }

  async function judgeFiled(job: JobDocument, transaction: string | undefined) {
    const { signal, rules, undo } = options;
    const { id } = job;
    const findings = await matching
      .measure(job, { signal, progress: () => undefined })
      // The step measures for itself what it finds in staging.
      .finally(() => matching.forget(id));
    if (!findings || findings.references === 0)
      return answer(job, 'unchanged', [], 'There are no references to compare it with');
    const { sure: titles, doubtful } = othersThanFiled({ ...job, findings }, rules);
    await engine.change(id, (draft) => {
      draft.findings = findings;
      // From here on, whoever lets the job go on has it matched first.
      if (titles.length > 0) draft.steps.match.state = 'pending';
    });
    if (titles.length === 0) return answer(job, 'unchanged', [], unchangedWords(job, doubtful));
    await undo.run(id, { titles });
    const changed = await engine.change(id, (draft) => retry(draft, undefined), transaction);
    await engine.release(id);
    const words = `Filed anew under another name: ${titles.join(', ')}`;
    return answer(changed, 'refiled', titles, words);
  }

  function check(job: JobDocument): void {
    checkSubject(job);
    if (options.undo.isUnfinished(job)) throw atWork(job);
  }
}

function checkSubject(job: JobDocument): void {
  const { id, steps } = job;
  if (subjectOf(job) === null)
    throw new DiscflowError('not-possible-now', `Job ${id} has no episodes to be told apart`, {
      hint: `If it is a series, say so first: discflow amend ${id} "Harbour Lights S1".`,
    });
  if (hasEnded(job) && !job.titles.some(({ filed }) => filed !== null))
    throw new DiscflowError('not-possible-now', `Job ${id} has filed nothing`, {
      hint: `To go on with what was ripped: discflow retry ${id}.`,
    });
  if (!hasEnded(job) && (steps.match.state === 'running' || steps.organize.state === 'running'))
    throw atWork(job);
}

function atWork({ id }: JobDocument): DiscflowError {
  return new DiscflowError('not-possible-now', `Job ${id} is being matched or filed`, {
    hint: 'Try again when it has ended: what was filed can be matched again then, too.',
  });
}

interface Others {
  sure: TitleId[];
  doubtful: TitleId[];
}

/** The filed titles that are something else by what was measured now. */
function othersThanFiled(job: JobDocument, rules: MatchRules): Others {
  const draft = structuredClone(job);
  // To be judged like the others, a filed title must be open.
  for (const title of draft.titles) if (title.state === 'completed') title.state = 'matched';
  const at = new Date().toISOString();
  draft.questions = [];
  deriveMatches(draft, rules, { at, by: 'match' });
  const asked = new Set(openQuestions(draft).flatMap(({ titles }) => titles));
  const others = draft.titles.flatMap(({ id, filed, match }) => {
    const before = job.titles.find((title) => title.id === id)?.match ?? null;
    return filed !== null && isAnother(match, before) ? [id] : [];
  });
  return {
    sure: others.filter((id) => !asked.has(id)),
    doubtful: others.filter((id) => asked.has(id)),
  };
}

function unchangedWords({ titles }: JobDocument, doubtful: readonly TitleId[]): string {
  if (doubtful.length > 0)
    return `Nothing changed, but what ${doubtful.join(', ')} may be is doubtful now`;
  const filed = titles.filter((title) => title.filed !== null);
  return filed.every(({ match }) => match && isPersonal(match))
    ? 'Nothing changed: somebody said what its titles are'
    : 'Nothing changed';
}

/** A better name for the same episode is no reason to move a file. */
function isAnother(now: Match | null, before: Match | null): boolean {
  return now !== null && meaningOf(now) !== meaningOf(before);
}

function meaningOf(match: Title['match']): string {
  const { kind, season, episodes, part } = match ?? {};
  return JSON.stringify([kind, season, episodes, part]);
}

function answer(
  job: JobDocument,
  result: Rematched['result'],
  titles: TitleId[],
  says: string,
): Rematched {
  return { job: snapshotOf(job), result, titles, says };
}
