import assert from 'node:assert/strict';
import type { Problem } from '../../../service/contract/problem.ts';
import type { DrivePlatform, DriveSighting } from '../../../service/drives/optical/platform.ts';
import { checkOpticalDrives } from '../../../service/tools/doctor-drives.ts';
import { empty, sighted } from '../drives/optical/some-drive.ts';

const locked: Problem = {
  code: 'drive-unavailable',
  message: 'Discflow may not read /dev/sr0',
  hint: 'Add its user to the group cdrom.',
};

interface Around {
  drives?: readonly DriveSighting[];
  missing?: readonly Problem[];
  unproven?: string;
}

function platform({ drives = [sighted(empty)], missing = [], unproven }: Around): DrivePlatform {
  return {
    source: 'udev',
    ...(unproven !== undefined && { unproven }),
    list: async () => drives,
    watch: async () => ({ stop: async () => undefined }),
    look: async () => null,
    eject: async () => undefined,
    holders: async () => [],
    missing: async () => missing,
  };
}

describe('the doctor on optical drives', () => {
  it('names each drive, where it is and what it is', async () => {
    const [drive, ...others] = await checkOpticalDrives(platform({}), []);
    assert.deepEqual(others, []);
    assert.deepEqual(drive, {
      name: 'drive sr0',
      status: 'ok',
      where: '/dev/sr0',
      version: 'ACME BD-RE 16 1.02',
      neededFor: 'discs in this drive',
      problem: null,
      howToGet: null,
    });
  });

  it('says nothing on a machine without drives', async () => {
    assert.deepEqual(await checkOpticalDrives(platform({ drives: [] }), []), []);
  });

  it('says which drive of the configuration is not plugged in', async () => {
    const serial = sighted(empty).hardware.serial ?? assert.fail('it has no number');
    const wishes = [
      { id: 'left', serial },
      { id: 'right', serial: 'KLBO2BC0815' },
    ];
    const [, away, ...others] = await checkOpticalDrives(platform({}), wishes);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [away?.name, away?.status, away?.where, away?.problem],
      ['drive right', 'warn', 'serial KLBO2BC0815', 'It is not plugged in'],
    );
  });

  it('says once what keeps a drive from being used', async () => {
    const drives = [sighted(empty, { problem: locked })];
    const checks = await checkOpticalDrives(platform({ drives, missing: [locked] }), []);
    assert.deepEqual(
      checks.map(({ status, problem, howToGet }) => [status, problem, howToGet]),
      [['missing', locked.message, locked.hint]],
    );
  });

  it('says what keeps discs from being seen at once', async () => {
    const silent = { ...locked, message: 'udev tells nothing', hint: 'Start udev.' };
    const [, seeing] = await checkOpticalDrives(platform({ missing: [silent] }), []);
    assert.deepEqual([seeing?.name, seeing?.status], ['drives by udev', 'warn']);
    assert.equal(seeing?.problem, 'udev tells nothing');
  });

  it('marks drives of a system on which nobody has tried them', async () => {
    const unproven = 'Drives under macOS have not yet been tried on a real machine.';
    const [drive] = await checkOpticalDrives(platform({ unproven }), []);
    assert.deepEqual([drive?.status, drive?.problem], ['warn', unproven]);
  });

  it('says so where nobody can see drives', async () => {
    const [check] = await checkOpticalDrives(null, []);
    assert.equal(check?.status, 'warn');
    assert.match(check?.problem ?? '', /cannot see optical drives on/);
    assert.match(check?.howToGet ?? '', /folder of images/);
  });
});
