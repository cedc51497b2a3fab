import assert from 'node:assert/strict';
import { soak } from './soak.ts';

describe('the service, killed over and over', () => {
  it('takes two discs to the library each time: nothing lost, asked twice or left behind', async function () {
    this.timeout(90_000);
    const { kills, runs, faults } = await soak({ kills: 10 });
    console.log(`      ${kills} kills in ${runs} runs of two discs`);
    assert.deepEqual(faults, []);
    assert.equal(kills, 10);
  });
});
