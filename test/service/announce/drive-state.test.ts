import assert from 'node:assert/strict';
import { driveAttributes, driveState } from '../../../service/announce/drive-state.ts';
import { DriveAttributes, DriveState } from '../../../service/contract/station.ts';
import type { Drive } from '../../../service/drives/drive.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { someJob } from '../jobs/fixtures.ts';

const inDrive = { source: '/discs/harbour.iso', label: 'harbour', media: null };

function someDrive(change: Partial<Drive> = {}): Drive {
  return {
    id: 'images',
    name: 'Images',
    kind: 'image-folder',
    location: '/discs',
    disc: inDrive,
    available: true,
    loading: false,
    tray: null,
    leftAlone: null,
    queued: 0,
    problem: null,
    start: async () => undefined,
    stop: async () => undefined,
    eject: async () => undefined,
    look: async () => undefined,
    isStillIn: async () => true,
    ...change,
  };
}

function jobAt(state: JobDocument['state'], rip: 'pending' | 'running' | 'done'): JobDocument {
  const job = someJob({ state });
  job.steps.rip.state = rip;
  return job;
}

const problem = { code: 'drive-unavailable', message: 'm', hint: 'h' } as const;
const cases: { drive?: Partial<Drive>; job?: JobDocument; state: string; safe: boolean }[] = [
  { drive: { disc: null }, state: 'empty', safe: true },
  { drive: { disc: null, loading: true }, state: 'loading', safe: false },
  { drive: { disc: null, tray: 'open' }, state: 'open', safe: true },
  { drive: { tray: 'ejecting' }, job: jobAt('completed', 'done'), state: 'ejecting', safe: true },
  { drive: { disc: null, leftAlone: 'harbour' }, state: 'waiting', safe: true },
  { state: 'loading', safe: false },
  { drive: { problem }, job: jobAt('ripping', 'running'), state: 'error', safe: true },
  { job: jobAt('identifying', 'pending'), state: 'identifying', safe: false },
  { job: jobAt('ripping', 'running'), state: 'ripping', safe: false },
  { job: jobAt('waiting', 'pending'), state: 'waiting', safe: true },
  { job: jobAt('matching', 'done'), state: 'ejecting', safe: true },
  { job: jobAt('cancelled', 'pending'), state: 'ejecting', safe: true },
];

describe('the state of a drive', () => {
  for (const { drive, job, state, safe } of cases)
    it(`is ${state} with ${job ? `a job that is ${job.state}` : 'no job'}`, () => {
      const said = DriveState.parse(
        driveState(someDrive(drive), job, { reading: null, ejects: true }),
      );
      assert.deepEqual([said.state, said.safe_to_eject], [state, safe]);
    });

  it('is waiting with a disc that has been read and is to stay in', () => {
    for (const job of [jobAt('matching', 'done'), jobAt('completed', 'done')]) {
      const said = driveState(someDrive(), job, { reading: null, ejects: false });
      assert.deepEqual([said.state, said.safe_to_eject], ['waiting', true]);
    }
  });

  it('is waiting while a copy of its disc is read in another drive', () => {
    const circumstances = { reading: null, ejects: true, isHeld: true };
    assert.equal(driveState(someDrive(), undefined, circumstances).state, 'waiting');
    assert.equal(driveState(someDrive({ disc: null }), undefined, circumstances).state, 'empty');
  });

  it('tells of progress only while it is read', () => {
    const progress = { title: 't01', index: 2, count: 5, bytesDone: 1, bytesTotal: 2 };
    const pace = { percent: 50, speed: 10, finish: Date.parse('2026-01-01T00:00:30Z') };
    const reading = { progress, pace };
    const read = driveState(someDrive(), jobAt('ripping', 'running'), { reading, ejects: true });
    assert.deepEqual(
      [read.reading, read.progress, read.speed, read.finish],
      ['2 of 5', 50, 10, '2026-01-01T00:01:00.000Z'],
    );
    assert.equal(
      driveState(someDrive(), jobAt('matching', 'done'), { reading, ejects: true }).progress,
      null,
    );
  });

  it('has no end to tell that is no date', () => {
    const progress = { title: null, index: 1, count: 1, bytesDone: 0, bytesTotal: 1 };
    for (const finish of [null, Number.POSITIVE_INFINITY, 9e15]) {
      const reading = { progress, pace: { percent: 0, speed: 0, finish } };
      assert.equal(
        driveState(someDrive(), jobAt('ripping', 'running'), { reading, ejects: true }).finish,
        null,
      );
    }
  });

  it('keeps slow facts apart', () => {
    const facts = DriveAttributes.parse(driveAttributes(someDrive({ disc: null }), undefined));
    assert.deepEqual([facts.label, facts.fingerprint, facts.job], [null, null, null]);
  });
});
