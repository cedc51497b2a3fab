import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseNavPack } from '../../../../service/rip/dvd/nav-pack.ts';
import {
  isScrambled,
  NAV_STREAM,
  NO_STREAM,
  NOT_A_PACK,
  presentationTime,
  streamOf,
} from '../../../../service/rip/dvd/pack.ts';
import { makeNavPack, makePack } from './made-packs.ts';

describe('a pack', () => {
  for (const stream of [0xe0, 0xc0, 0x80, 0x88, 0xa0, 0x20, 0x3f])
    it(`tells its stream: 0x${stream.toString(16)}`, () => {
      assert.equal(streamOf(makePack({ stream }), 0), stream);
    });

  it('tells that it only fills space', () => {
    assert.equal(streamOf(makePack({ stream: 0xbe }), 0), NO_STREAM);
  });

  it('is found at any position of a block', () => {
    const block = Buffer.concat([makePack({ stream: 0xe0 }), makePack({ stream: 0x81 })]);
    assert.equal(streamOf(block, 2048), 0x81);
  });

  it('is none without its start code', () => {
    assert.equal(streamOf(Buffer.alloc(2048, 0x47), 0), NOT_A_PACK);
  });

  it('tells whether it is scrambled', () => {
    assert.equal(isScrambled(makePack({ stream: 0xe0, scrambled: true }), 0), true);
    assert.equal(isScrambled(makePack({ stream: 0xe0 }), 0), false);
  });

  for (const time of [0, 1, 48_003, 2 ** 31, 2 ** 32 - 1])
    it(`tells its presentation time: ${time}`, () => {
      assert.equal(presentationTime(makePack({ stream: 0x20, time }), 0), time);
    });

  it('may have no presentation time', () => {
    assert.equal(presentationTime(makePack({ stream: 0x20 }), 0), null);
  });

  it('of 2048 random bytes gives an answer and no error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2044, maxLength: 2044 }), (bytes) => {
        const pack = Buffer.concat([Buffer.from([0, 0, 1, 0xba]), bytes]);
        const stream = streamOf(pack, 0);
        if (stream !== NOT_A_PACK) presentationTime(pack, 0);
        parseNavPack(pack, 0);
      }),
    );
  });
});

describe('a navigation pack', () => {
  it('tells its VOBU, cell, times and the way on', () => {
    const nav = { start: 48_003, end: 93_048, vob: 513, cell: 7, sectors: 119, next: 240 };
    const pack = makeNavPack(nav);
    assert.equal(streamOf(pack, 0), NAV_STREAM);
    assert.deepEqual(parseNavPack(pack, 0), nav);
  });

  it('tells that it is the last of its cell', () => {
    const pack = makeNavPack({ start: 0, end: 1, vob: 1, cell: 1, sectors: 2, next: null });
    assert.equal(parseNavPack(pack, 0)?.next, null);
  });

  it('is not made of other packs', () => {
    assert.equal(parseNavPack(makePack({ stream: 0xe0 }), 0), null);
  });
});
