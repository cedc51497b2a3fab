import assert from 'node:assert/strict';
import fc from 'fast-check';
import { carryOf } from '../../../nodes/shared/carry.ts';
import { CARRY_LIMIT_BYTES } from '../../../service/contract/request.ts';

describe('what a message carries along', () => {
  it("is the user's own, not what the nodes set", () => {
    const msg = {
      _msgid: 'a',
      job: 'b',
      topic: 'c',
      payload: 1,
      set: {},
      answer: 1,
      title: {},
      redelivered: true,
    };
    assert.deepEqual(carryOf({ ...msg, color: 'red', parts: { index: 1 } }), {
      color: 'red',
      parts: { index: 1 },
    });
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const notJson = {
    aFunction: () => 1,
    aBuffer: Buffer.from('x'),
    aDate: new Date(),
    aMap: new Map(),
    notANumber: Number.NaN,
    aBigInt: 1n,
    aSymbol: Symbol('x'),
    nothing: undefined,
    aCycle: cycle,
    deepInside: { fine: 1, socket: { on: () => 1 } },
    req: { url: '/' },
    res: {},
  };
  for (const [name, value] of Object.entries(notJson))
    it(`leaves out ${name}`, () => {
      assert.deepEqual(carryOf({ [name]: value }), {});
    });

  it('names the largest property when it is more than 16 KB', () => {
    const msg = { small: 1, image: 'x'.repeat(CARRY_LIMIT_BYTES) };
    assert.throws(() => carryOf(msg), /largest property is msg\.image/);
  });

  it('is exactly what was given, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        assert.deepEqual(carryOf({ value: json }), { value: json });
      }),
    );
  });

  it('never fails otherwise, whatever is in the message', () => {
    const anything = fc.dictionary(fc.string(), fc.anything({ withDate: true, withMap: true }));
    fc.assert(fc.property(anything, (msg) => void carryOf(msg)));
  });
});
