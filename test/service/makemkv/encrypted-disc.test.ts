import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { JobSnapshot } from '../../../service/contract/job.ts';
import { scrambleImage } from '../../authoring/disc-faults.ts';
import { installStandIn, setScenario } from '../../makemkv/install.ts';
import type { ScenarioInput } from '../../makemkv/scenario.ts';
import { discflow, discs, scratch } from '../cli/discflow.ts';

describe('an encrypted disc on its way to the library', function () {
  this.timeout(120_000);
  const folder = scratch();
  let place = 0;

  /** A station with a MakeMKV, and an encrypted disc. */
  const station = async (scenario: ScenarioInput = {}) => {
    const of = (name: string) => folder.path(`${name}-${place}`);
    place += 1;
    const [program, library, image] = [
      of('program'),
      of('library'),
      of('HARBOUR_LIGHTS_S1_D1.iso'),
    ];
    await mkdir(library);
    await scrambleImage({ image: discs.series, output: image });
    const makemkvcon = await installStandIn({ folder: program, scenario });
    const env = { DISCFLOW_TOOLS_MAKEMKVCON: makemkvcon };
    const on = ['--data', of('data'), '--library', library, '--yes', '--json'];
    return {
      staging: `${of('data')}/staging`,
      setScenario: (next: ScenarioInput) => setScenario(program, next),
      run: async (more: NodeJS.ProcessEnv = {}) => {
        const { code, stdout, stderr } = await discflow(['run', image, ...on], { ...env, ...more });
        const [line = 'null'] = stdout.trim().split('\n');
        return { code, stderr, job: JobSnapshot.parse(JSON.parse(line)) };
      },
      files: async () =>
        (await readdir(library, { recursive: true }))
          .filter((name) => name.endsWith('.mkv'))
          .sort(),
    };
  };

  const episodes = ['S01E01', 'S01E02', 'S01E03'].map(
    (episode) => `Harbour Lights/Season 01/Harbour Lights - ${episode}.mkv`,
  );
  const bonus = 'Harbour Lights/Other/Bonus 1-05.mkv';

  it('arrives as an open one does', async () => {
    const { run, files } = await station();
    const { code, job, stderr } = await run();
    assert.equal(code, 0, stderr);
    assert.equal(job.outcome, 'complete');
    assert.deepEqual(await files(), [bonus, ...episodes].sort());
  });

  it('is a clear answer without MakeMKV, and when it is switched off', async () => {
    const { run, files } = await station();
    const { job } = await run({ DISCFLOW_MAKEMKV_ENABLED: 'false' });
    assert.equal(job.state, 'failed');
    assert.equal(job.error?.code, 'encrypted');
    assert.match(job.error?.hint ?? '', /Encrypted discs need MakeMKV/);
    assert.deepEqual(await files(), []);
  });

  it('ends partial with read errors, never files the damaged title, and reads only that one next time', async () => {
    const { run, files, setScenario, staging } = await station({
      faults: [{ kind: 'read-errors', on: { title: 2 } }],
    });
    const first = await run();
    assert.notEqual(first.code, 0);
    assert.equal(first.job.outcome, 'partial');
    const damaged = first.job.titles.find(({ number }) => number === 2);
    assert.equal(damaged?.state, 'failed');
    assert.equal(damaged?.error?.code, 'read-error');
    assert.equal((await files()).length, 3);
    const kept = await readdir(staging, { recursive: true });
    assert.ok(kept.some((name) => name.endsWith('t02.damaged.mkv')));

    await setScenario({ faults: [{ kind: 'read-errors', on: { title: 1 } }] });
    const second = await run();
    assert.equal(second.code, 0, second.stderr);
    assert.equal(second.job.id, first.job.id);
    assert.equal(second.job.outcome, 'complete');
    assert.equal(second.job.attempt, 2);
    assert.deepEqual(await files(), [bonus, ...episodes].sort());
  });
});
