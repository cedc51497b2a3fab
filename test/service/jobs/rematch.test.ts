import assert from 'node:assert/strict';
import type { Findings } from '../../../service/contract/findings.ts';
import type { Match } from '../../../service/contract/title.ts';
import { JobBook } from '../../../service/jobs/book.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { createRematch } from '../../../service/jobs/rematch.ts';
import { Undo } from '../../../service/jobs/undo.ts';
import { hasUnfinishedUndo } from '../../../service/organize/undo.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import { someFiling, someIdentity, someJob, someTitle, temporaryFolder } from './fixtures.ts';

const identity = someIdentity({ kind: 'tv', title: 'Harbour Lights', season: 1, disc: 1 });

function episode(number: number, decidedBy: Match['decidedBy'] = 'policy'): Match {
  const what = { kind: 'episode' as const, season: 1, episodes: [number], name: null };
  return { ...what, probability: 0.9, decidedBy, evidence: [] };
}

/** One that was filed as the episode. */
function filed(number: number, match: Match) {
  const path = `/library/${number}.mkv`;
  return someTitle(number, { state: 'completed', match, filed: { library: 'tv', path } });
}

function measured(verdict: 'accept' | 'ask', ...episodes: number[]): Findings {
  return {
    show: { title: 'Harbour Lights', tmdb: null },
    seasons: [1],
    references: 6,
    notes: [],
    titles: episodes.map((number, index) => ({
      id: `t0${index + 1}`,
      verdict,
      doubt: null,
      part: null,
      ranked: [
        { episodes: [{ season: 1, episode: number }], name: 'x', probability: 1, explained: [] },
      ],
    })),
  };
}

describe('matching a disc again', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let book: JobBook;
  let undo: Undo;
  let findings: Findings | null;
  let calls: string[];

  beforeEach(async () => {
    folder = await temporaryFolder();
    [findings, calls] = [null, []];
    book = new JobBook({
      store: new JobStore(folder.path),
      onChange: () => undefined,
      onStorageProblem: () => undefined,
      keepOutbox: false,
    });
    await book.start();
    undo = new Undo({
      book,
      engine: book,
      takeBack: async ({ job, update }) => {
        const back = job().filings.filter(({ state }) => state === 'undone');
        calls.push(`back ${back.map(({ title }) => title).join(' ')}`);
        await update((draft) => {
          for (const title of draft.titles)
            if (back.some((filing) => filing.title === title.id))
              [title.state, title.filed] = ['matched', null];
        });
        return { end: 'done' };
      },
      isUnfinished: hasUnfinishedUndo,
      onProblem: () => undefined,
      signal: new AbortController().signal,
    });
  });
  afterEach(async () => {
    await book.stop();
    await folder.remove();
  });

  const rematch = (id: string) =>
    createRematch({
      book,
      store: new JobStore(folder.path),
      engine: { change: (job, change) => book.change(job, change), release: async () => undefined },
      undo,
      rules: { policies: { episodeOrder: 'accept' }, episodesTaken: () => [] },
      matching: {
        measure: async () => {
          calls.push('measure');
          return findings;
        },
        forget: async () => void calls.push('forget'),
      },
      signal: new AbortController().signal,
    })(id, undefined);

  function filedJob(...matches: Match[]): Promise<JobDocument> {
    const titles = matches.map((match, index) => filed(index + 1, match));
    const filings = titles.map(({ id, filed }) =>
      someFiling({ title: id, to: filed?.path ?? '', state: 'filed' }),
    );
    const job = someJob({ state: 'completed', outcome: 'complete', identity, titles, filings });
    for (const step of Object.values(job.steps)) step.state = 'done';
    return book.create(job);
  }

  it('takes back only what surely is another episode, and has it matched before it is filed', async () => {
    const { id } = await filedJob(episode(1), episode(2), episode(5));
    findings = measured('accept', 2, 1, 5);
    const { result, titles, says } = await rematch(id);
    assert.deepEqual([result, titles], ['refiled', ['t01', 't02']]);
    assert.equal(says, 'Filed anew under another name: t01, t02');
    assert.deepEqual(calls, ['forget', 'measure', 'forget', 'back t01 t02']);
    const job = book.get(id);
    assert.deepEqual(
      [job?.attempt, job?.blocked, job?.steps.match.state, job?.steps.organize.state],
      [2, null, 'pending', 'pending'],
    );
    assert.deepEqual(
      job?.titles.map(({ state }) => state),
      ['matched', 'matched', 'completed'],
    );
  });

  const unchanged: [when: string, matches: Match[], found: Findings | null, says: RegExp][] = [
    [
      'all are what they were',
      [episode(1), episode(2)],
      measured('accept', 1, 2),
      /^Nothing changed$/,
    ],
    [
      'a person said what they are',
      [episode(1, 'person'), episode(2, 'remembered')],
      measured('accept', 3, 4),
      /^Nothing changed: somebody said/,
    ],
    [
      'it is doubtful',
      [episode(1), episode(2)],
      measured('ask', 1, 4),
      /what t02 may be is doubtful/,
    ],
    [
      'two would be one episode',
      [episode(1), episode(2)],
      measured('accept', 1, 1),
      /what t02 may be is doubtful/,
    ],
    [
      'there are no references',
      [episode(1)],
      { ...measured('ask', 1), references: 0 },
      /no references/,
    ],
    ['nothing was measured', [episode(1)], null, /no references/],
  ];
  for (const [when, matches, found, says] of unchanged)
    it(`moves nothing when ${when}, and says so`, async () => {
      const { id } = await filedJob(...matches);
      findings = found;
      const answer = await rematch(id);
      assert.deepEqual([answer.result, answer.titles], ['unchanged', []]);
      assert.match(answer.says, says);
      assert.deepEqual([book.get(id)?.attempt, book.get(id)?.state], [1, 'completed']);
      assert.deepEqual(calls, ['forget', 'measure', 'forget']);
    });

  it('keeps what was measured, so that it can be explained', async () => {
    const { id } = await filedJob(episode(1));
    findings = measured('accept', 1);
    await rematch(id);
    assert.deepEqual(book.get(id)?.findings, findings);
  });

  it('is matched by its own step as long as nothing is filed, also after it was taken back', async () => {
    const open = someJob({ state: 'review_needed', identity, titles: [someTitle(1)] });
    open.steps.match.state = 'done';
    const { id } = await book.create(open);
    assert.equal((await rematch(id)).result, 'matching');
    assert.equal(book.get(id)?.steps.match.state, 'pending');
    assert.deepEqual(calls, ['forget']);
    const filed = await filedJob(episode(1));
    await undo.run(filed.id);
    assert.equal((await rematch(filed.id)).result, 'matching');
    assert.deepEqual(
      [book.get(filed.id)?.blocked, book.get(filed.id)?.steps.match.state],
      [null, 'pending'],
    );
  });

  const refused: [what: string, change: Partial<JobDocument>, code: string][] = [
    ['a film', { identity: someIdentity(), state: 'completed' }, 'not-possible-now'],
    ['what has filed nothing', { identity, state: 'cancelled' }, 'not-possible-now'],
  ];
  for (const [what, change, code] of refused)
    it(`refuses ${what}`, async () => {
      const { id } = await book.create(someJob(change));
      await assert.rejects(rematch(id), { code });
      assert.deepEqual(calls, []);
    });

  it('refuses while titles are matched or filed', async () => {
    for (const step of ['match', 'organize'] as const) {
      const job = someJob({ state: 'matching', identity });
      job.steps[step].state = 'running';
      const { id } = await book.create(job);
      await assert.rejects(rematch(id), { code: 'not-possible-now' });
    }
  });

  it('knows no job that was never there', async () => {
    await assert.rejects(rematch('01ARZ3NDEKTSV4RRFFQ69G5FAV'), { code: 'unknown-job' });
  });
});
