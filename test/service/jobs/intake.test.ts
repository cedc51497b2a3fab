import assert from 'node:assert/strict';
import { ulid } from 'ulid';
import type { Arming } from '../../../service/contract/arming.ts';
import type { Disc, StepName } from '../../../service/contract/job.ts';
import { JobBook } from '../../../service/jobs/book.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { Engine } from '../../../service/jobs/engine.ts';
import { Intake, type IntakeOptions } from '../../../service/jobs/intake.ts';
import type { Step } from '../../../service/jobs/step.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import {
  eventually,
  silent,
  someDisc,
  someJob,
  someOwned,
  someQuestion,
  someTitle,
  temporaryFolder,
} from './fixtures.ts';

describe('the intake of discs', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let book: JobBook;
  let engine: Engine;
  let ran: string[];
  /** What each drive holds. */
  let loaded: Map<string, string>;
  let known: Map<string, string>;

  /** Every step waits until it is stopped: these tests look at what becomes of discs, not of titles. */
  const busy =
    (name: StepName): Step =>
    ({ signal, job }) => {
      ran.push(`${name} ${job().disc.source}`);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ end: 'done' }));
      });
    };

  beforeEach(async () => {
    folder = await temporaryFolder();
    [ran, loaded, known] = [[], new Map(), new Map()];
    book = new JobBook({
      store: new JobStore(folder.path),
      onChange: () => undefined,
      onStorageProblem: () => undefined,
      keepOutbox: false,
    });
    await book.start();
    engine = new Engine({
      book,
      steps: {
        identify: busy('identify'),
        rip: busy('rip'),
        match: busy('match'),
        organize: busy('organize'),
      },
      answerWithin: 60_000,
      mayGoOn: async () => false,
      eject: async () => false,
      cleanUp: async () => undefined,
      onProgress: () => undefined,
      log: silent,
    });
    await engine.start();
  });
  afterEach(async () => {
    await engine.stop();
    await book.stop();
    await folder.remove();
  });

  function intake(options: Partial<IntakeOptions> = {}): Intake {
    return new Intake({
      station: 'test',
      book,
      engine,
      inspect: async (source): Promise<Disc> => ({ ...someDisc, source }),
      lastJob: async (print) => book.get(known.get(print) ?? '') ?? null,
      rememberJob: async (print, job) => void known.set(print, job),
      holds: (drive, source) => loaded.get(drive) === source,
      duplicates: 'skip',
      claimSeconds: 0,
      armed: () => null,
      armingUsed: async () => undefined,
      applyArming: () => undefined,
      ...options,
    });
  }

  async function knownJob(change: Partial<JobDocument>): Promise<JobDocument> {
    const job = await book.create(
      someJob({ disc: { ...someDisc, source: '/a/x.iso' }, ...change }),
    );
    known.set(someDisc.fingerprint ?? '', job.id);
    return job;
  }

  const insert = (to: Intake, drive: string, source: string) => {
    loaded.set(drive, source);
    return to.discInserted(drive, source);
  };

  it('begins a job that is remembered by the disc’s fingerprint', async () => {
    await insert(intake(), 'a', '/a/x.iso');
    const [job] = book.all();
    assert.equal(job?.drive, 'a');
    assert.equal(known.get(someDisc.fingerprint ?? ''), job?.id);
  });

  it('gives a disc that arrives in two drives at once one job, and the second drive waits', async () => {
    const one = intake();
    await Promise.all([insert(one, 'a', '/a/x.iso'), insert(one, 'b', '/b/x.iso')]);
    assert.equal(book.all().length, 1);
    assert.equal(book.all()[0]?.drive, 'a');
  });

  it('takes the second copy in once the first has been let out', async () => {
    const one = intake();
    await insert(one, 'a', '/a/x.iso');
    await insert(one, 'b', '/b/x.iso');
    const id = book.all()[0]?.id ?? '';
    await engine.change(id, (draft) => {
      draft.ejected = true;
    });
    loaded.delete('a');
    await one.retryHeld();
    assert.deepEqual([book.all().length, book.get(id)?.drive], [1, 'b']);
  });

  it('forgets a second copy that was taken out while it waited', async () => {
    const one = intake();
    await insert(one, 'a', '/a/x.iso');
    await insert(one, 'b', '/b/x.iso');
    loaded.clear();
    await one.retryHeld();
    assert.deepEqual(
      book.all().map(({ drive, disc }) => [drive, disc.source]),
      [['a', '/a/x.iso']],
    );
  });

  it('goes on with an unfinished job in whatever drive its disc turns up', async () => {
    const job = await knownJob({ drive: 'a' });
    await insert(intake(), 'b', '/b/x.iso');
    const { drive, disc } = book.get(job.id) ?? assert.fail();
    assert.deepEqual([drive, disc.source], ['b', '/b/x.iso']);
  });

  it('lets a disc out that arrived before, with a job that never runs a step', async () => {
    const job = await knownJob({
      drive: 'a',
      state: 'completed',
      outcome: 'complete',
      ejected: true,
    });
    await insert(intake(), 'a', '/a/x.iso');
    await eventually('the skipped job has ended', () =>
      book.all().some(({ owned, state }) => owned?.job === job.id && state === 'completed'),
    );
    assert.equal(book.all().length, 2);
    assert.deepEqual(ran, []);
  });

  it('lets a disc out that arrived before also when it is killed at once', async () => {
    await knownJob({ drive: 'a', state: 'completed', outcome: 'complete', ejected: true });
    const crashed = intake({ engine: { change: dead, advance: dead, release: dead } });
    await assert.rejects(insert(crashed, 'a', '/a/x.iso'));
    for (const job of book.all()) await engine.advance(job.id);
    assert.deepEqual(ran, []);
    assert.deepEqual(
      book.all().map(({ state }) => state),
      ['completed', 'completed'],
    );
  });

  it('keeps a disc that arrived before in until somebody has said whether it is wanted, if told', async () => {
    const job = await knownJob({
      drive: 'a',
      state: 'completed',
      outcome: 'complete',
      ejected: true,
    });
    await insert(intake({ duplicates: 'ask' }), 'a', '/a/x.iso');
    const asking = book.all().find(({ id }) => id !== job.id) ?? assert.fail();
    assert.deepEqual(
      [asking.owned?.by, asking.owned?.job, asking.owned?.verdict],
      ['disc', job.id, 'ask'],
    );
    assert.equal(known.get(someDisc.fingerprint ?? ''), job.id);
    await eventually('it is identified', () => ran.length === 1);
  });

  it('goes on with the job that asks when its disc comes back, in whatever drive', async () => {
    await knownJob({ drive: 'a', state: 'completed', outcome: 'complete', ejected: true });
    const one = intake({ duplicates: 'ask' });
    await insert(one, 'a', '/a/x.iso');
    const asking = book.all().find(({ state }) => state !== 'completed') ?? assert.fail();
    await engine.change(asking.id, (draft) => {
      draft.ejected = true;
    });
    loaded.clear();
    await insert(one, 'b', '/b/x.iso');
    assert.equal(book.all().length, 2);
    assert.equal(book.get(asking.id)?.drive, 'b');
  });

  it('notes that a disc was taken out by hand while somebody was asked about it', async () => {
    const asking = someQuestion({ kind: 'owned' });
    const job = someJob({ drive: 'a', state: 'review_needed', questions: [asking] });
    job.steps.identify.state = 'done';
    const disc = { ...someDisc, source: '/a/x.iso' };
    const { id } = await knownJob({ ...job, disc, owned: someOwned() });
    await intake().discRemoved('a', '/a/x.iso');
    assert.equal(book.get(id)?.ejected, true);
  });

  describe('of a drive that was told what comes next', () => {
    const arming: Arming = {
      id: ulid(),
      identity: { title: 'Long Meridian' },
      library: 'kids',
      expires: null,
      at: '2026-01-01T00:00:00Z',
    };
    let armed: Arming[];

    const armedIntake = () =>
      intake({
        armed: (drive) => (drive === 'a' ? (armed[0] ?? null) : null),
        armingUsed: async (_drive, id) => {
          armed = armed.filter((one) => one.id !== id);
        },
        applyArming: (draft, said) => {
          draft.armed = said;
        },
      });

    beforeEach(() => {
      armed = [arming];
    });

    it('gives it to the next disc, once', async () => {
      const one = armedIntake();
      await insert(one, 'a', '/a/x.iso');
      assert.equal(book.all()[0]?.armed?.id, arming.id);
      assert.deepEqual(armed, []);
    });

    it('gives it to a job that goes on with its disc there', async () => {
      const { id } = await knownJob({ drive: 'b', ejected: true });
      await insert(armedIntake(), 'a', '/a/x.iso');
      assert.equal(book.get(id)?.armed?.id, arming.id);
      assert.deepEqual(armed, []);
    });

    it('keeps it for the next one when a disc is in already, also over a restart', async () => {
      const { id } = await knownJob({ drive: 'a' });
      await insert(armedIntake(), 'a', '/a/x.iso');
      assert.equal(book.get(id)?.armed, null);
      assert.deepEqual(armed, [arming]);
    });

    it('keeps it when the disc comes into another drive', async () => {
      await insert(armedIntake(), 'b', '/b/x.iso');
      assert.equal(book.all()[0]?.armed, null);
      assert.deepEqual(armed, [arming]);
    });

    it('has used it up also when it is killed before the drive has forgotten it', async () => {
      const dying = intake({
        armed: () => arming,
        armingUsed: dead,
        applyArming: (draft, said) => {
          draft.armed = said;
        },
      });
      await assert.rejects(insert(dying, 'a', '/a/x.iso'));
      assert.equal(book.all()[0]?.armed?.id, arming.id);
    });
  });

  it('rips it again when that is wanted', async () => {
    const job = await knownJob({
      drive: 'a',
      state: 'completed',
      outcome: 'complete',
      ejected: true,
    });
    await insert(intake({ duplicates: 'again' }), 'a', '/a/x.iso');
    assert.notEqual(known.get(someDisc.fingerprint ?? ''), job.id);
  });

  const endings: { name: string; job: Partial<JobDocument> }[] = [
    { name: 'was cancelled', job: { state: 'cancelled', outcome: 'nothing' } },
    { name: 'failed', job: { state: 'failed', outcome: 'nothing' } },
    { name: 'arrived in part', job: { state: 'completed', outcome: 'partial' } },
  ];
  for (const { name, job: change } of endings) {
    it(`takes up a job that ${name} when its disc is put in again`, async () => {
      const job = await knownJob({ drive: 'a', ejected: true, ...change });
      await insert(intake(), 'a', '/a/x.iso');
      assert.equal(book.get(job.id)?.attempt, 2);
    });

    it(`leaves a job that ${name} alone while its disc has not left the drive`, async () => {
      const job = await knownJob({ drive: 'a', ejected: false, ...change });
      await insert(intake(), 'a', '/a/x.iso');
      assert.deepEqual([book.get(job.id)?.attempt, book.all().length], [1, 1]);
    });
  }

  it('leaves a disc without fingerprint alone that has not left the drive since its job ended', async () => {
    const disc = { ...someDisc, fingerprint: null, source: '/a/x.iso' };
    await book.create(someJob({ drive: 'a', disc, state: 'failed', outcome: 'nothing' }));
    await insert(intake({ inspect: async () => disc }), 'a', '/a/x.iso');
    assert.equal(book.all().length, 1);
  });

  it('notes that a disc was taken out, so that it counts as new when it comes back', async () => {
    const job = await knownJob({ drive: 'a', state: 'cancelled', outcome: 'nothing' });
    const one = intake();
    await insert(one, 'a', '/a/x.iso');
    loaded.delete('a');
    await one.discRemoved('a', '/a/x.iso');
    assert.equal(book.get(job.id)?.ejected, true);
    await insert(one, 'a', '/a/x.iso');
    assert.equal(book.get(job.id)?.attempt, 2);
  });

  it('takes no disc in that left while it was looked at', async () => {
    let inspected: (disc: Disc) => void = () => undefined;
    const one = intake({ inspect: () => new Promise((resolve) => (inspected = resolve)) });
    const taken = insert(one, 'a', '/dev/sr0');
    await one.discRemoved('a', '/dev/sr0');
    inspected({ ...someDisc, source: '/dev/sr0' });
    await taken;
    assert.deepEqual(book.all(), []);
  });

  it('tells the next disc of a drive from one that left before its job had ended', async () => {
    const disc = { ...someDisc, fingerprint: null, source: '/dev/sr0' };
    const one = intake({ inspect: async () => disc });
    await insert(one, 'a', '/dev/sr0');
    await one.discRemoved('a', '/dev/sr0');
    await insert(one, 'a', '/dev/sr0');
    assert.equal(book.all().length, 2);
  });

  it('reads again what failed when the disc comes back before its job has ended', async () => {
    const job = someJob({ drive: 'a', state: 'review_needed', ejected: true });
    for (const step of ['identify', 'rip', 'match'] as const) job.steps[step].state = 'done';
    job.titles = [
      someTitle(1, { state: 'review', file: '/s/t01.mkv' }),
      someTitle(2, { state: 'failed', error: { code: 'disc-removed', message: '', hint: '' } }),
    ];
    await knownJob(job);
    await insert(intake(), 'a', '/a/x.iso');
    await eventually('it is read again', () => book.get(job.id)?.state === 'ripping');
    assert.deepEqual(
      book.get(job.id)?.titles.map(({ state, error }) => [state, error]),
      [
        ['review', null],
        ['pending', null],
      ],
    );
  });

  it('keeps a disc in for a flow as long as the claim lasts', async () => {
    await insert(intake({ claimSeconds: null }), 'a', '/a/x.iso');
    const { claim } = book.all()[0] ?? assert.fail();
    assert.equal(claim?.node, null);
    assert.ok(Date.parse(claim?.until ?? '') > Date.now() + 1e12);
  });
});

function dead(): Promise<never> {
  return Promise.reject(new Error('killed'));
}
