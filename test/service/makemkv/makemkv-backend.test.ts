import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { sampleDiscs } from '../identify/job-under-test.ts';
import type { Ripped } from '../rip/rip-disc.ts';
import { type StandInStation, standInStation } from './stand-in-station.ts';

describe('ripping an encrypted disc through MakeMKV', function () {
  this.timeout(60_000);
  let station: StandInStation;
  beforeEach(async () => {
    station = await standInStation({ disc: sampleDiscs.series });
  });
  afterEach(() => station.end());

  function states({ job }: Ripped): string[] {
    return job.titles.filter(({ wanted }) => wanted).map(({ id, state }) => `${id} ${state}`);
  }

  it('files every title under its own name, and tells of each once', async () => {
    const ripped = await station.rip([1, 2, 3]);
    assert.deepEqual(ripped.result, { end: 'done' });
    assert.deepEqual(states(ripped), ['t01 ripped', 't02 ripped', 't03 ripped']);
    assert.deepEqual((await readdir(ripped.folder)).sort(), ['t01.mkv', 't02.mkv', 't03.mkv']);
    const once = ripped.transitions.filter((line) => line.includes('ripping>ripped'));
    assert.equal(once.length, 3);
  });
});
