import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DriveSighting } from '../../../../service/drives/optical/platform.ts';
import { polledWatch } from '../../../../service/drives/optical/polled-watch.ts';
import { failed } from './recorded-programs.ts';

function drive(name: string): DriveSighting {
  const hardware = {
    serial: null,
    bridgeSerial: null,
    port: null,
    vendor: null,
    model: null,
    revision: null,
  };
  const content = { state: 'empty' } as const;
  return { name, device: name, passThrough: null, hardware, content, problem: null };
}

/** Watches what `looks` give one after the other; the last one again and again. */
async function watch(looks: readonly (() => Promise<readonly DriveSighting[]>)[]) {
  const said: string[] = [];
  let turn = 0;
  const watching = await polledWatch({
    look: () => (looks[turn++] ?? looks.at(-1))?.() ?? Promise.resolve([]),
    everyMs: 5,
    watcher: {
      seen: ({ name }) => said.push(`seen ${name}`),
      gone: (name) => said.push(`gone ${name}`),
      troubled: (problem) => said.push(problem?.message ?? 'well'),
    },
  });
  return { said, turns: () => turn, stop: watching.stop };
}

describe('watching drives of a system that tells of no changes', () => {
  it('tells of the drives that are there before it begins, then of those that come and go', async () => {
    const { said, turns, stop } = await watch([
      async () => [drive('one'), drive('two')],
      async () => [drive('two')],
      async () => [drive('two'), drive('three')],
    ]);
    assert.deepEqual(said, ['seen one', 'seen two', 'well']);
    while (turns() < 4) await sleep(1);
    await stop();
    const more = ['gone one', 'seen two', 'well', 'seen two', 'seen three', 'well'];
    assert.deepEqual(said.slice(3, 9), more);
  });

  it('keeps the drives while the system does not answer', async () => {
    const { said, turns, stop } = await watch([
      async () => [drive('one')],
      async () => Promise.reject(failed('drutil took too long')),
      async () => [drive('one')],
    ]);
    while (turns() < 4) await sleep(1);
    await stop();
    assert.deepEqual(said.slice(0, 5), [
      'seen one',
      'well',
      'drutil took too long',
      'seen one',
      'well',
    ]);
    assert.ok(!said.some((word) => word.startsWith('gone')));
  });

  it('ends a look that is under way, without a word', async () => {
    const said: string[] = [];
    let looks = 0;
    const watching = await polledWatch({
      look: (signal) =>
        looks++ === 0
          ? Promise.resolve([])
          : new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(new Error('ended')));
            }),
      everyMs: 1,
      watcher: {
        seen: () => said.push('seen'),
        gone: () => said.push('gone'),
        troubled: (problem) => said.push(problem?.message ?? 'well'),
      },
    });
    while (looks < 2) await sleep(1);
    await watching.stop();
    assert.deepEqual(said, ['well']);
  });
});
