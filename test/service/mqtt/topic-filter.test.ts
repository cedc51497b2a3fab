import assert from 'node:assert/strict';
import { matchesFilter } from '../../../service/mqtt/topic-filter.ts';

describe('A subscription filter', () => {
  for (const [filter, topic, matches] of [
    ['a/b', 'a/b', true],
    ['a/b', 'a/c', false],
    ['a/b', 'a/b/c', false],
    ['a/+/c', 'a/b/c', true],
    ['a/+', 'a', false],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['a/#', 'ab', false],
    ['#', 'a/b', true],
  ] as const)
    it(`${filter} ${matches ? 'takes' : 'leaves'} ${topic}`, () => {
      assert.equal(matchesFilter(filter, topic), matches);
    });
});
