import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseMatroskaPackets } from '../../../../../service/match/evidence/text/matroska-packets.ts';

/** An element with its length in four bytes. */
function element(id: number, ...body: (Buffer | string)[]): Buffer {
  const data = Buffer.concat(body.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(4);
  head.writeUInt32BE(0x10000000 + data.length);
  return Buffer.concat([
    Buffer.from(id.toString(16).padStart(id > 0xffff ? 8 : id > 0xff ? 4 : 2, '0'), 'hex'),
    head,
    data,
  ]);
}

const number = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
const block = (time: number, text: string) =>
  Buffer.concat([Buffer.from([0x81, time >> 8, time & 255, 0]), Buffer.from(text)]);
const clusters = [
  element(0x1f43b675, element(0xe7, number(5000)), element(0xa3, block(250, 'one'))),
  element(
    0x1f43b675,
    element(0xe7, number(70_000)),
    element(0xa0, element(0xa1, block(0, 'two')), element(0x9b, number(1500))),
  ),
];
const tracks = element(
  0x1654ae6b,
  element(0xae, element(0x86, 'S_VOBSUB'), element(0x63a2, 'size')),
);
const file = Buffer.concat([
  element(0x1a45dfa3, element(0x4282, 'matroska')),
  // A segment whose length is not known, as in a pipe.
  Buffer.from('18538067ff', 'hex'),
  tracks,
  ...clusters,
]);

describe('Packets of a Matroska pipe', () => {
  it('have their times, and the codec what it needs', () => {
    const { codec, codecPrivate, packets } = parseMatroskaPackets(file);
    assert.deepEqual([codec, codecPrivate.toString()], ['S_VOBSUB', 'size']);
    assert.deepEqual(
      packets.map(({ start, end, data }) => [start, end, data.toString()]),
      [
        [5.25, null, 'one'],
        [70, 71.5, 'two'],
      ],
    );
  });

  it('that are cut off are left out', () => {
    for (let length = 0; length < file.length; length++) {
      const { packets } = parseMatroskaPackets(file.subarray(0, length));
      assert.ok(packets.length <= 2);
    }
    assert.equal(parseMatroskaPackets(file.subarray(0, file.length - 30)).packets.length, 1);
  });

  it('of garbage are none, or whatever, but end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseMatroskaPackets(Buffer.concat([file.subarray(0, 40), bytes]));
        parseMatroskaPackets(Buffer.from(bytes));
      }),
    );
  });
});
