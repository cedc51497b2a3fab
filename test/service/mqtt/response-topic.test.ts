import assert from 'node:assert/strict';
import { isSafeResponseTopic } from '../../../service/mqtt/response-topic.ts';
import { topics } from './station.ts';

describe('A response topic', () => {
  for (const [topic, safe] of [
    ['node-red/answers/1', true],
    [topics.response('job/get'), true],
    [`${topics.root}/response/of-mine`, true],
    [topics.info, false],
    [topics.request('drive/eject'), false],
    ['home/discs/cellar/request/drive/eject', false],
    ['a/+', false],
    ['#', false],
    ['$SYS/x', false],
    ['a\u0000b', false],
    ['', false],
    ['x'.repeat(201), false],
  ] as const)
    it(`${JSON.stringify(topic.slice(0, 40))} is ${safe ? 'used' : 'not used'}`, () => {
      assert.equal(isSafeResponseTopic(topic, topics), safe);
    });
});
