import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { JobDocument } from '../../../service/jobs/document.ts';
import { type Bench, bench, everything, film, matched } from './fixture.ts';
import { onTmpfs } from './tmpfs.ts';

/** Real kills per run; more of them with DISCFLOW_KILLS. */
const KILLS = Number(process.env.DISCFLOW_KILLS ?? 3);
const LONGEST_LIFE_MS = 120;
const sizes = { t01: 24, t02: 12 } as const;
const content = (id: keyof typeof sizes) => Buffer.alloc(sizes[id] * 1024 * 1024, id);
const child = new URL('./organize-child.ts', import.meta.url).pathname;

function start(rig: Bench, job: string): ChildProcess {
  const given = JSON.stringify({ job, staging: rig.staging, movies: rig.movies.root });
  return spawn(process.execPath, ['--import', 'tsx', child, given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Lets the process work for a random moment and kills it. */
async function killed(rig: Bench, job: string): Promise<void> {
  const process = start(rig, job);
  const ended = once(process, 'exit');
  if (process.stdout) await once(process.stdout, 'data');
  await pause(Math.random() * LONGEST_LIFE_MS);
  process.kill('SIGKILL');
  await ended;
}

describe('Organizing in a process that is killed over and over', () => {
  it('copies every title once, whole, and leaves nothing else', async function () {
    this.timeout(30_000 + KILLS * 3000);
    await onTmpfs(this, { size: '128m' }, async (moviesRoot) => {
      const titles = [film(), matched(2, { kind: 'extra' })];
      const contents = { t01: content('t01'), t02: content('t02') };
      const rig = await bench({ titles, moviesRoot, contents });
      const path = join(rig.root, 'job.json');
      await writeFile(path, JSON.stringify(rig.context.job()));
      for (let kill = 0; kill < KILLS; kill += 1) await killed(rig, path);
      const last = start(rig, path);
      await once(last, 'exit');
      const job = JobDocument.parse(JSON.parse(await readFile(path, 'utf8')));
      for (const { id, state, filed } of job.titles) {
        assert.equal(state, 'completed');
        const same = (await readFile(filed?.path ?? '')).equals(
          contents[id === 't01' ? id : 't02'],
        );
        assert.ok(same, `${id} is not what was ripped`);
      }
      assert.equal((await everything(moviesRoot)).length, 5, 'marker, two files, two sidecars');
      assert.deepEqual(await readdir(join(rig.staging, job.id)), []);
      await rig.close();
    });
  });
});
