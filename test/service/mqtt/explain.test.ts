import assert from 'node:assert/strict';
import { operations } from '../../../service/contract/request.ts';
import { explain } from '../../../service/mqtt/explain.ts';
import { findOperation } from '../../../service/mqtt/handlers.ts';

const job = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('What is wrong with a request', () => {
  for (const [op, body, words] of [
    ['job/get', {}, '"job" is missing'],
    ['job/get', { job: 'x' }, '"job": not a ULID'],
    ['job/get', { job, more: 1, '\u001b[2J': 1 }, 'the body does not know "more", "\\u001b[2J"'],
    ['job/update', { job, set: { titles: [{ id: 't01' }, {}] } }, '"set.titles.1.id" is missing'],
    ['history/query', { limit: 0 }, '"limit": Too small: expected number to be >=1'],
    [
      'review/answer',
      { review: job, rev: 1, answer: { choose: 3 } },
      '"answer.accept" is missing, or "answer.choose": expected string, received number, ' +
        'or "answer.titles" is missing, or "answer.identity" is missing, or "answer.assignment" is missing',
    ],
  ] as const)
    it(`is said with the field: ${words}`, () => {
      const { error } = operations[op].body.safeParse(body);
      assert.ok(error);
      assert.equal(explain(error, body), words);
    });

  it('stays short when everything is wrong', () => {
    const body = { job, set: { titles: Array.from({ length: 50 }, () => ({})) } };
    const { error } = operations['job/update'].body.safeParse(body);
    assert.ok(error);
    assert.match(explain(error, body), / \(and 46 more\)$/);
  });

  it('names the operation that is a slip of the finger away', () => {
    for (const [typed, meant] of [
      ['drive/ejct', 'drive/eject'],
      ['JobList', 'job/list'],
    ] as const)
      assert.throws(() => findOperation(typed), { hint: new RegExp(`Did you mean ${meant}\\?`) });
  });
});
