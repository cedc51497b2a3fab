import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { writeToStream } from 'mqtt-packet';
import { makePacketNumbersWhenNeeded } from '../../../service/mqtt/packet-numbers.ts';

const numbers: { cache: Record<number, Buffer> } = createRequire(import.meta.url)(
  'mqtt-packet/numbers.js',
);

describe('packet numbers', () => {
  it('are made when they are needed, and none is kept', async () => {
    const before = Object.keys(numbers.cache).length;
    makePacketNumbersWhenNeeded();
    const stream = new PassThrough();
    writeToStream({ cmd: 'puback', messageId: 0xbeef }, stream);
    const written = Buffer.concat(await stream.end().toArray());
    assert.deepEqual(written, Buffer.from([0x40, 2, 0xbe, 0xef]));
    assert.equal(Object.keys(numbers.cache).length, before);
  });
});
