import assert from 'node:assert/strict';
import { measureSeason } from '../../bench/match/measure-season.ts';
import { settings } from '../../bench/match/settings.ts';
import { isRight, tallyOf } from '../../bench/match/tally.ts';

describe('a generated season', function () {
  this.timeout(120_000);

  for (const setting of [settings[0], settings[2]].flatMap((one) => one ?? []))
    it(`is never filed wrong, by ${setting.name}`, async () => {
      const judged = await measureSeason('one season', setting);
      const wrong = judged.filter((one) => one.decision.verdict !== 'ask' && !isRight(one));
      assert.deepEqual(
        wrong.map(({ title, decision }) => [title.episodes, decision.ranked[0]?.episodes]),
        [],
      );
      const { taken, takenWithMark, referenced } = tallyOf(judged);
      assert.ok(referenced >= 10);
      assert.ok(taken + takenWithMark >= 0.7 * referenced, `${taken} of ${referenced}`);
    });
});
