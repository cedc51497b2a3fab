import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../../service/contract/problem.ts';
import { createLicenceWatch, type LicenceWatch } from '../../../service/makemkv/licence-watch.ts';
import { RunLog } from '../../../service/makemkv/run-log.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

const DAY_MS = 24 * 60 * 60_000;
const LOOK_MS = 5;

/** What MakeMKV said: a code and its params, message by message. */
function said(...messages: [code: number, ...params: string[]][]): RunLog {
  const log = new RunLog(null);
  for (const [code, ...params] of messages)
    log.take({ type: 'message', code, flags: 0, text: '', params });
  return log;
}

describe('the watch over the licence of MakeMKV', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let watch: LicenceWatch;
  let now: number;
  let mark: string;
  let probes: number;
  let answer: () => Promise<RunLog | null>;
  let problems: Map<string, Problem | null>;
  let warnings: number;

  beforeEach(async () => {
    folder = await temporaryFolder();
    [now, mark, probes, warnings] = [1000, 'first', 0, 0];
    problems = new Map();
    answer = async () => said([1005, 'MakeMKV v1.18.4 linux(x64-release)'], [5010]);
    watch = newWatch();
  });
  afterEach(async () => {
    await watch.stop();
    await folder.remove();
  });

  function newWatch(): LicenceWatch {
    return createLicenceWatch({
      home: join(folder.path, 'makemkv'),
      mark: async () => mark,
      probe: () => {
        probes++;
        return answer();
      },
      onProblem: (name, problem) => void problems.set(name, problem),
      log: {
        info: () => undefined,
        warn: () => {
          warnings++;
        },
      },
      lookMs: LOOK_MS,
      clock: () => now,
    });
  }

  async function until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + 5000; !holds(); await sleep(2))
      assert.ok(Date.now() < end, JSON.stringify([...problems]));
  }

  it('asks at the start, once a day, and when key or program is another, and not in between', async () => {
    watch.start();
    await until(() => problems.has('makemkv'));
    now += DAY_MS - 1;
    await sleep(10 * LOOK_MS);
    assert.equal(probes, 1);
    now += 1;
    await until(() => probes === 2);
    mark = 'second';
    await until(() => probes === 3);
    await sleep(10 * LOOK_MS);
    assert.equal(probes, 3);
    assert.equal(problems.get('makemkv'), null);
  });

  for (const [code, problem, message] of [
    [5021, 'makemkv-outdated', 'This MakeMKV is too old, or needs a key.'],
    [5073, 'makemkv-key', 'The beta key of MakeMKV has run out and was removed.'],
    [5020, 'makemkv-key', 'The stored key of MakeMKV is not valid.'],
  ] as const)
    it(`tells of ${code} until it is mended`, async () => {
      answer = async () => said([code], [5010]);
      watch.start();
      await until(() => problems.get('makemkv')?.code === problem);
      assert.equal(problems.get('makemkv')?.message, message);
      assert.ok(problems.get('makemkv')?.hint);
      [answer, mark] = [async () => said([5010]), 'mended'];
      await until(() => problems.get('makemkv') === null);
    });

  it('is content without MakeMKV', async () => {
    answer = async () => null;
    watch.start();
    await until(() => problems.has('makemkv'));
    assert.equal(problems.get('makemkv'), null);
  });

  it('changes nothing when the program does not answer, and asks again the next day', async () => {
    answer = async () => said([5021]);
    watch.start();
    await until(() => problems.get('makemkv') != null);
    answer = async () => {
      throw new Error('it hangs');
    };
    now += DAY_MS;
    await until(() => warnings === 1);
    assert.equal(problems.get('makemkv')?.code, 'makemkv-outdated');
    answer = async () => said();
    now += DAY_MS;
    await until(() => problems.get('makemkv') === null);
  });

  it('tells of a newer version once, for a day, also over a restart', async () => {
    const newer = (version: string) => said([5075, version, 'http://www.makemkv.com/download/']);
    watch.start();
    await until(() => probes === 1);
    watch.heard(newer('1.19.0'));
    await until(() => problems.get('makemkv-newer') != null);
    assert.equal(problems.get('makemkv-newer')?.message, 'There is a newer MakeMKV: 1.19.0');
    now += DAY_MS;
    await until(() => problems.get('makemkv-newer') === null);
    await watch.stop();
    watch = newWatch();
    watch.heard(newer('1.19.0'));
    await sleep(20);
    assert.equal(problems.get('makemkv-newer'), null);
    watch.heard(newer('1.19.1'));
    await until(() => problems.get('makemkv-newer')?.message.endsWith('1.19.1') === true);
  });

  it('warns ten days before the trial ends, until a disc is opened without it', () => {
    const opened = (...messages: Parameters<typeof said>) => said(...messages, [5011]);
    watch.heard(opened([5050, '11', '30']));
    assert.equal(problems.get('makemkv-trial'), null);
    watch.heard(opened([5050, '10', '30']));
    const { code, message } = problems.get('makemkv-trial') ?? {};
    assert.equal(code, 'makemkv-key-ending');
    assert.equal(message, "MakeMKV's trial: 10 of 30 days are left.");
    watch.heard(said([5010]));
    assert.ok(problems.get('makemkv-trial'), 'nothing was opened, so nothing is known');
    watch.heard(opened());
    assert.equal(problems.get('makemkv-trial'), null);
  });
});
