import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Operation, operations } from '../../../service/contract/request.ts';
import { DiscflowError } from '../../../service/errors.ts';
import { findOperation, prepare } from '../../../service/mqtt/handlers.ts';
import { checkEnvelope, parseRequest } from '../../../service/mqtt/parse-request.ts';
import { handlersThat } from './handlers.ts';

describe('Reading a request', () => {
  const names = Object.keys(operations);
  const payloads = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .dictionary(
        fc.constantFrom('v', 'transaction', 'job', 'drive', 'set', '__proto__'),
        fc.jsonValue(),
      )
      .map((body) => Buffer.from(JSON.stringify(body))),
  );

  it('gives a request or a typed error for whatever arrives', () => {
    fc.assert(
      fc.property(payloads, fc.oneof(fc.constantFrom(...names), fc.string()), (payload, name) => {
        try {
          const request = parseRequest(payload);
          const op: Operation = findOperation(name);
          checkEnvelope(request);
          prepare(op, request.body, handlersThat({}));
        } catch (error) {
          assert.ok(error instanceof DiscflowError, String(error));
          assert.ok(error.message.length > 0 && error.hint.length > 0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('does not know the names that every object has', () => {
    for (const name of ['__proto__', 'constructor', 'toString', ''])
      assert.throws(() => findOperation(name), { code: 'unknown-operation' });
  });
});
