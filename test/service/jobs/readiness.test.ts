import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProblemCode } from '../../../service/contract/problem.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { createReadiness } from '../../../service/jobs/readiness.ts';
import { someJob, temporaryFolder } from './fixtures.ts';

const MINUTE_MS = 60_000;

describe('whether a blocked job may go on', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let available: Set<string>;
  let tools: number;
  let licence: string;
  let now: number;
  let mayGoOn: (job: JobDocument) => Promise<boolean>;

  beforeEach(async () => {
    folder = await temporaryFolder();
    [available, tools, now] = [new Set(), 0, Date.parse('2026-01-01T00:00:00Z')];
    licence = 'old key, old program';
    mayGoOn = createReadiness({
      roots: ['/films', '/series'],
      isAvailable: async (root) => available.has(root),
      installedTools: async () => tools,
      makemkvLicence: async () => licence,
      staging: join(folder.path, 'staging'),
      clock: () => now,
    });
  });
  afterEach(() => folder.remove());

  const { id } = someJob();
  function blocked(code: ProblemCode): JobDocument {
    const since = new Date(now).toISOString();
    return someJob({ id, state: 'waiting', blocked: { code, cause: '', hint: '', since } });
  }

  it('is no for a job that is not blocked, and for what only a person can end', async () => {
    assert.equal(await mayGoOn(someJob()), false);
    const job = blocked('library-missing');
    now += 100 * MINUTE_MS;
    assert.equal(await mayGoOn(job), false);
  });

  it('is yes when a library has come back since the job stopped', async () => {
    available.add('/films');
    const job = blocked('library-unavailable');
    assert.equal(await mayGoOn(job), false);
    available.add('/series');
    assert.equal(await mayGoOn(job), true);
  });

  it('is yes when the library that was there came and went', async () => {
    available.add('/films');
    const job = blocked('library-unavailable');
    await mayGoOn(job);
    available.delete('/films');
    await mayGoOn(job);
    available.add('/films');
    assert.equal(await mayGoOn(job), true);
  });

  it('is yes when a program has been installed', async () => {
    const job = blocked('tool-missing');
    assert.equal(await mayGoOn(job), false);
    now += 100 * MINUTE_MS;
    assert.equal(await mayGoOn(job), false);
    tools = 1;
    assert.equal(await mayGoOn(job), true);
  });

  for (const code of ['makemkv-key', 'makemkv-outdated', 'tool-missing'] as const)
    it(`is yes for ${code} at every new key or program, and never by waiting`, async () => {
      const job = blocked(code);
      assert.equal(await mayGoOn(job), false);
      now += 1;
      licence = 'new key, old program';
      assert.equal(await mayGoOn(job), true);
      const again = blocked(code);
      assert.equal(await mayGoOn(again), false);
      now += 100 * MINUTE_MS;
      assert.equal(await mayGoOn(again), false);
      licence = 'new key, new program';
      assert.equal(await mayGoOn(again), true);
    });

  it('is yes when staging is there again', async () => {
    const job = blocked('staging-unavailable');
    assert.equal(await mayGoOn(job), false);
    await mkdir(join(folder.path, 'staging'));
    assert.equal(await mayGoOn(job), true);
  });

  it('is yes now and then although nothing seems to have changed, and ever more seldom', async () => {
    let tries = 0;
    let job = blocked('library-unavailable');
    for (let minute = 0; minute < 7 * 24 * 60; minute++) {
      now += MINUTE_MS + 1;
      if (!(await mayGoOn(job))) continue;
      tries += 1;
      job = blocked('library-unavailable');
      await mayGoOn(job);
    }
    assert.ok(tries >= 7 * 24 && tries <= 7 * 24 + 10, `${tries} tries in a week`);
  });
});
