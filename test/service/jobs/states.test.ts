import assert from 'node:assert/strict';
import { jobStates } from '../../../service/contract/job.ts';
import { titleStates } from '../../../service/contract/title.ts';
import { hasEnded, jobTransitions, titleTransitions } from '../../../service/jobs/states.ts';

describe('the tables of transitions', () => {
  const tables = [
    {
      name: 'job',
      states: jobStates,
      table: jobTransitions as Record<string, readonly string[]>,
      start: 'idle',
    },
    {
      name: 'title',
      states: titleStates,
      table: titleTransitions as Record<string, readonly string[]>,
      start: 'pending',
    },
  ];
  for (const { name, states, table, start } of tables) {
    it(`can reach every ${name} state from "${start}"`, () => {
      const reached = new Set([start]);
      for (const state of reached) for (const next of table[state] ?? []) reached.add(next);
      assert.deepEqual([...reached].sort(), [...states].sort());
    });

    it(`never lets a ${name} go to the state it is in`, () => {
      for (const state of states) assert.ok(!table[state]?.includes(state), state);
    });
  }

  it('lets an ended job only come back through idle or waiting', () => {
    for (const state of jobStates.filter((state) => hasEnded({ state })))
      assert.deepEqual(jobTransitions[state], ['idle', 'waiting']);
  });
});
