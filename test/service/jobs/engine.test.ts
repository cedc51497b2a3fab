import assert from 'node:assert/strict';
import type { JobEvent } from '../../../service/contract/event.ts';
import type { StepName } from '../../../service/contract/job.ts';
import { JobBook } from '../../../service/jobs/book.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { Engine } from '../../../service/jobs/engine.ts';
import { ask, claim } from '../../../service/jobs/handoffs.ts';
import type { Step, StepContext } from '../../../service/jobs/step.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import {
  eventually,
  silent,
  someJob,
  someQuestion,
  someTitle,
  temporaryFolder,
} from './fixtures.ts';

/** Steps that do in a moment what the real ones do to a job's titles. */
function quickSteps(ran: string[]): Record<StepName, Step> {
  const move = async ({ update }: StepContext, ...states: NonNullable<Title['state']>[]) => {
    for (const state of states)
      await update((draft) => {
        for (const title of draft.titles) {
          title.state = state;
          if (state === 'ripped') title.file = `/staging/${title.id}.mkv`;
        }
      });
  };
  const step = (name: StepName, work: (context: StepContext) => Promise<void>): Step => {
    return async (context) => {
      ran.push(name);
      await work(context);
      return { end: 'done' };
    };
  };
  return {
    identify: step('identify', async ({ update }) => {
      await update((draft) => {
        draft.titles = [someTitle(1), someTitle(2)];
      });
    }),
    rip: step('rip', (context) => move(context, 'ripping', 'ripped')),
    match: step('match', (context) => move(context, 'matching', 'matched')),
    organize: step('organize', (context) => move(context, 'completed')),
  };
}
type Title = JobDocument['titles'][number];

describe('the engine', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let events: JobEvent[];
  let ran: string[];
  let ejected: string[];
  let steps: Record<StepName, Step>;
  let book: JobBook;
  let engine: Engine;
  let mayGoOn: boolean;
  let mayGoOnOf: (job: JobDocument) => Promise<boolean>;
  let eject: (job: JobDocument) => Promise<boolean>;
  let cleanUp: (job: JobDocument) => Promise<void>;

  async function start(): Promise<void> {
    book = new JobBook({
      store: new JobStore(folder.path),
      onChange: (_job, happened) => events.push(...happened),
      onStorageProblem: () => undefined,
      keepOutbox: true,
    });
    await book.start();
    engine = new Engine({
      book,
      steps,
      answerWithin: 60_000,
      mayGoOn: (job) => mayGoOnOf(job),
      eject: (job) => eject(job),
      cleanUp: (job) => cleanUp(job),
      onProgress: () => undefined,
      log: silent,
    });
    await engine.start();
  }

  async function insert(change: Partial<JobDocument> = {}): Promise<string> {
    const { id } = await book.create(someJob(change));
    await engine.advance(id);
    return id;
  }

  const current = (id: string): JobDocument => {
    const job = book.get(id);
    assert.ok(job);
    return job;
  };
  const reaches = (id: string, state: string) =>
    eventually(
      `job is ${state} (it is ${book.get(id)?.state})`,
      () => book.get(id)?.state === state,
    );

  beforeEach(async () => {
    folder = await temporaryFolder();
    [events, ran, ejected, mayGoOn] = [[], [], [], false];
    mayGoOnOf = async () => mayGoOn;
    eject = async (job) => ejected.push(job.id) > 0;
    cleanUp = async () => undefined;
    steps = quickSteps(ran);
    await start();
  });
  afterEach(async () => {
    await engine.stop();
    await book.stop();
    await folder.remove();
  });

  it('takes a disc through all its steps and lets it out once', async () => {
    const id = await insert();
    await reaches(id, 'completed');
    await eventually('ejected', () => current(id).ejected);
    assert.deepEqual(ran, ['identify', 'rip', 'match', 'organize']);
    assert.equal(current(id).outcome, 'complete');
    assert.deepEqual(ejected, [id]);
    const states = events.filter((e) => e.event_type === 'job-state').map((e) => e.to);
    assert.deepEqual(states, ['identifying', 'ripping', 'matching', 'organizing', 'completed']);
  });

  it('waits for an answer only when nothing else can be done', async () => {
    const { identify } = steps;
    steps.identify = async (context) => {
      await context.update((draft) => {
        draft.questions = [someQuestion()];
      });
      return identify(context);
    };
    const id = await insert();
    await reaches(id, 'review_needed');
    assert.deepEqual(ran, ['identify', 'rip', 'match']);
    await engine.change(id, (draft) => {
      const answer = { accept: true } as const;
      for (const question of draft.questions)
        question.answered = { at: new Date().toISOString(), by: 'test', answer };
    });
    await reaches(id, 'completed');
  });

  it('goes on after a stop in the middle of a step, without ending it twice', async () => {
    const { rip } = steps;
    steps.rip = ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ end: 'done' }));
      });
    const id = await insert();
    await reaches(id, 'ripping');
    await engine.stop();
    await book.stop();
    steps.rip = rip;
    await start();
    await reaches(id, 'completed');
    const started = events.filter((e) => e.event_type === 'step-started' && e.step === 'rip');
    assert.equal(started.length, 1);
  });

  it('cancels within a moment and keeps what was ripped', async () => {
    steps.rip = async ({ update, signal }) => {
      await update((draft) => {
        for (const title of draft.titles) title.state = 'ripping';
      });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return {
        end: 'failed',
        problem: { code: 'cancelled', message: '', hint: '' },
        transient: false,
      };
    };
    const id = await insert();
    await eventually('a title is being ripped', () => book.get(id)?.titles[0]?.state === 'ripping');
    await engine.change(id, (draft) => {
      draft.cancelling = true;
    });
    await reaches(id, 'cancelled');
    assert.equal(current(id).titles[0]?.state, 'pending');
    await eventually('ejected', () => current(id).ejected);
  });

  it('holds a blocked job until what it waits for has changed', async () => {
    const { organize } = steps;
    let full = true;
    steps.organize = (context) =>
      full
        ? Promise.resolve({
            end: 'blocked',
            code: 'library-full',
            cause: 'no space',
            hint: 'free some',
          })
        : organize(context);
    const id = await insert();
    await reaches(id, 'waiting');
    assert.equal(current(id).blocked?.code, 'library-full');
    full = false;
    mayGoOn = true;
    await reaches(id, 'completed');
    assert.equal(current(id).blocked, null);
  });

  it('ends a job whose step failed for good, and says so to those who wait', async () => {
    const problem = { code: 'encrypted', message: 'CSS', hint: 'Install MakeMKV' } as const;
    steps.identify = async () => ({ end: 'failed', problem, transient: false });
    const { id } = await book.create(someJob());
    await engine.change(id, (draft) =>
      ask(draft, { node: 'n1', step: 'rip', carry: {}, each: null, until: null }),
    );
    await reaches(id, 'failed');
    assert.deepEqual(current(id).error, problem);
    assert.deepEqual(
      current(id).handoffs.map(({ node, outcome }) => [node, outcome]),
      [['n1', 'failed']],
    );
  });

  it('runs a step once however many nodes ask for it, and hands each title off as it is ready', async () => {
    const { id } = await book.create(someJob());
    await engine.change(id, (draft) => claim(draft, 'inserted', {}));
    await reaches(id, 'waiting');
    assert.equal(current(id).blocked?.code, 'flow');
    for (const node of ['a', 'b', 'a'])
      await engine.change(id, (draft) => {
        ask(draft, { node, step: 'rip', carry: { node }, each: [], until: null });
        draft.requested.push('rip');
      });
    await eventually('both have their result', () => current(id).handoffs.length === 7);
    assert.equal(ran.filter((step) => step === 'rip').length, 1);
    const given = current(id).handoffs.map((h) => [h.node, h.step, h.title ?? h.outcome].join(' '));
    assert.deepEqual(given.sort(), [
      'a rip done',
      'a rip t01',
      'a rip t02',
      'b rip done',
      'b rip t01',
      'b rip t02',
      'inserted insert inserted',
    ]);
  });

  it('says that a step has ended when it was cancelled', async () => {
    steps.rip = ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ end: 'done' }));
      });
    const id = await insert();
    await eventually('it is read', () => book.get(id)?.steps.rip.state === 'running');
    await engine.change(id, (draft) => {
      draft.cancelling = true;
    });
    await reaches(id, 'cancelled');
    assert.equal(current(id).steps.rip.state, 'pending');
    assert.ok(events.some(({ event_type, step }) => event_type === 'step-ended' && step === 'rip'));
  });

  it('has cleaned up before a job is seen to be complete, and completes it also when it could not', async () => {
    const states: (string | undefined)[] = [];
    cleanUp = async ({ id }) => {
      states.push(book.get(id)?.state);
      throw new Error('busy');
    };
    const id = await insert();
    await reaches(id, 'completed');
    assert.deepEqual(states, ['organizing']);
  });

  it('goes on with other jobs while it is not known whether one may go on', async () => {
    mayGoOnOf = () => new Promise(() => undefined);
    const blocked = { code: 'library-full', cause: '', hint: '', since: new Date().toISOString() };
    const stuck = someJob({ state: 'waiting' });
    Object.assign(stuck, { blocked });
    await book.create(stuck);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const until = new Date(Date.now() + 500).toISOString();
    const id = await insert({ claim: { node: null, until } });
    await reaches(id, 'completed');
  });

  it('tries again in a while, not at once, when the state cannot be written', async () => {
    const id = await insert({ claim: { node: null, until: '9999-12-31T23:59:59.999Z' } });
    await eventually('it is identified', () => current(id).steps.identify.state === 'done');
    let tried = 0;
    const { change } = book;
    book.change = () => {
      tried += 1;
      return Promise.reject(new Error('read-only file system'));
    };
    Object.assign(current(id), { claim: null });
    await engine.advance(id);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(tried < 5, `tried ${tried} times`);
    book.change = change;
  });

  it('asks for attention when no flow claims a disc that has to be claimed', async () => {
    const id = await insert({ claim: { node: null, until: '9999-12-31T23:59:59.999Z' } });
    await reaches(id, 'waiting');
    assert.equal(current(id).blocked?.code, 'flow');
    assert.deepEqual(ran, ['identify']);
    await engine.change(id, (draft) => claim(draft, 'n1', {}));
    await engine.change(id, (draft) => void draft.requested.push('organize'));
    await reaches(id, 'completed');
  });

  it('lets a disc out again that did not come out the last time it was in', async () => {
    eject = () => Promise.reject(new Error('jammed'));
    const id = await insert();
    await reaches(id, 'completed');
    eject = async () => true;
    await engine.release(id);
    await eventually('ejected', () => current(id).ejected);
  });

  it('never runs a step of a job whose files are being taken back', async () => {
    let full = true;
    steps.organize = async () =>
      full ? { end: 'blocked', code: 'library-full', cause: '', hint: '' } : { end: 'done' };
    const id = await insert();
    await reaches(id, 'waiting');
    full = false;
    await engine.change(id, (draft) => {
      Object.assign(draft, { blocked: { ...draft.blocked, code: 'undone' } });
    });
    await engine.release(id);
    assert.equal(current(id).state, 'waiting');
  });

  it('reads one disc at a time in a drive', async () => {
    let reading = 0;
    let most = 0;
    const { rip } = steps;
    steps.rip = async (context) => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, 20));
      reading -= 1;
      return rip(context);
    };
    const ids = [await insert(), await insert()];
    for (const id of ids) await reaches(id, 'completed');
    assert.equal(most, 1);
  });
});
