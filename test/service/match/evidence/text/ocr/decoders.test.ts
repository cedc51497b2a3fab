import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Bitmap } from '../../../../../../service/match/evidence/text/ocr/bitmap.ts';
import { decodePgs } from '../../../../../../service/match/evidence/text/ocr/decode-pgs.ts';
import { decodeVobsub } from '../../../../../../service/match/evidence/text/ocr/decode-vobsub.ts';
import { inkOf } from '../../../../../../service/match/evidence/text/ocr/ink.ts';
import { pageOf } from '../../../../../../service/match/evidence/text/ocr/page.ts';
import { makeSup } from './made-pgs.ts';

const stream = (data: Buffer, codecPrivate = '') => ({
  codec: '',
  codecPrivate: Buffer.from(codecPrivate),
  packets: [{ start: 10, end: 13, data }],
});

/** A sub-picture of 8 x 4: a run of 3 fill pixels between outline, the other lines empty to their ends. */
const lines = Buffer.from([
  // First field: 1 x outline (0110), 3 x fill (1101), rest outline: 0000 0000 0000 0010; then nothing.
  0x6d,
  0x00, 0x02, 0x00, 0x00,
  // Second field: nothing, nothing.
  0x00, 0x00, 0x00, 0x00,
]);
function subPicture({ delay = 0, colours = 0x3210, contrast = 0xfff0 } = {}): Buffer {
  const control = 4 + lines.length;
  const sequence = Buffer.from([
    ...[delay >> 8, delay & 255, 0, 0],
    ...[0x01, 0x03, colours >> 8, colours & 255, 0x04, contrast >> 8, contrast & 255],
    ...[0x05, 0x01, 0x00, 0x17, 0x00, 0x20, 0x05],
    ...[0x06, 0x00, 0x04, 0x00, 0x09, 0xff],
  ]);
  const last = control + sequence.length;
  const end = Buffer.from([0x00, 0x58, last >> 8, last & 255, 0x02, 0xff]);
  sequence.writeUInt16BE(last, 2);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(last + end.length, 0);
  head.writeUInt16BE(control, 2);
  return Buffer.concat([head, lines, sequence, end]);
}

const idx = 'size: 720x576\npalette: 000000, 808080, ffffff, ff0000, 000000';

/** Draws all pictures. */
function drain(shown: Iterable<unknown>): void {
  for (const _ of shown);
}

describe('The decoder of VobSub', () => {
  it('draws runs, in the colours of the palette', () => {
    const [shown] = decodeVobsub(stream(subPicture(), idx));
    assert.ok(shown);
    assert.deepEqual([shown.bitmap.width, shown.bitmap.height], [8, 4]);
    assert.equal(shown.start, 10);
    assert.ok(Math.abs((shown.end ?? 0) - 10 - (0x58 * 1024) / 90_000) < 1e-9);
    const first = Array.from(shown.bitmap.luma.subarray(0, 8));
    assert.deepEqual(first, [0xff, 0x80, 0x80, 0x80, 0xff, 0xff, 0xff, 0xff]);
    assert.deepEqual(Array.from(shown.bitmap.alpha.subarray(0, 8)), Array(8).fill(255));
    assert.ok(shown.bitmap.alpha.subarray(8).every((value) => value === 0));
  });

  it('ends with any packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        drain(decodeVobsub(stream(Buffer.from(bytes))));
      }),
    );
    const whole = subPicture();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        for (const { bitmap } of decodeVobsub(stream(damaged, idx)))
          assert.equal(bitmap.luma.length, bitmap.width * bitmap.height);
      }),
      { numRuns: 500 },
    );
  });
});

/** The display sets of a .sup, as a container holds them: without "PG" and times. */
function displaySets(sup: Buffer) {
  const packets: { start: number; end: null; data: Buffer }[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at < sup.length; ) {
    const end = at + 13 + sup.readUInt16BE(at + 11);
    parts.push(sup.subarray(at + 10, end));
    if (sup[at + 10] === 0x80) {
      packets.push({
        start: sup.readUInt32BE(at + 2) / 90_000,
        end: null,
        data: Buffer.concat(parts),
      });
      parts = [];
    }
    at = end;
  }
  return packets;
}

const pixels = fc.integer({ min: 1, max: 40 }).chain((width) =>
  fc.integer({ min: 1, max: 12 }).chain((height) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      luma: grey(width * height),
      alpha: grey(width * height),
    }),
  ),
);
/** What the palette of the made stream can say exactly. */
function grey(length: number) {
  return fc
    .array(fc.constantFrom(0, 255), { minLength: length, maxLength: length })
    .map((values) => Uint8Array.from(values));
}
const visible = ({ luma, alpha }: Bitmap) =>
  Array.from(luma, (value, pixel) => ((alpha[pixel] ?? 0) === 0 ? null : value));

describe('The decoder of PGS', () => {
  it('draws what was encoded', () => {
    fc.assert(
      fc.property(pixels, (bitmap) => {
        const packets = displaySets(makeSup([{ start: 2, end: 5, bitmap }]));
        const shown = [...decodePgs({ codec: '', codecPrivate: Buffer.alloc(0), packets })];
        assert.equal(shown.length, 1);
        assert.deepEqual([shown[0]?.start, shown[0]?.end], [2, 5]);
        assert.deepEqual(visible(shown[0]?.bitmap ?? bitmap), visible(bitmap));
      }),
    );
  });

  it('draws no picture that nobody asks for: a few bytes may stand for a big one', () => {
    const bitmap = {
      width: 2,
      height: 1,
      luma: new Uint8Array(2),
      alpha: new Uint8Array([255, 255]),
    };
    const [packet] = displaySets(makeSup([{ start: 2, end: 5, bitmap }]));
    const next = {
      start: 6,
      end: null,
      get data(): Buffer {
        return assert.fail('it was looked at');
      },
    };
    const packets = [packet ?? assert.fail(), next];
    const [shown] = decodePgs({ codec: '', codecPrivate: Buffer.alloc(0), packets });
    assert.deepEqual([shown?.start, shown?.end], [2, 6]);
  });

  it('ends with any packet', () => {
    const bitmap = {
      width: 30,
      height: 8,
      luma: new Uint8Array(240).fill(255),
      alpha: new Uint8Array(240).fill(255),
    };
    const [whole] = displaySets(makeSup([{ start: 2, end: 5, bitmap }]));
    const data = whole?.data ?? assert.fail();
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.nat(255), (at, value) => {
        const damaged = Buffer.from(data);
        damaged[at] = value;
        drain(decodePgs(stream(damaged)));
        drain(decodePgs(stream(data.subarray(0, at))));
      }),
      { numRuns: 500 },
    );
  });
});

describe('The ink of a subtitle', () => {
  const ring = (inner: number, outer: number): Bitmap => {
    const size = 11;
    const at = (pixel: number) =>
      Math.max(Math.abs((pixel % size) - 5), Math.abs(Math.floor(pixel / size) - 5));
    const values = (value: (distance: number) => number) =>
      Uint8Array.from({ length: size * size }, (_, pixel) => value(at(pixel)));
    return {
      width: size,
      height: size,
      luma: values((distance) => (distance <= 2 ? inner : outer)),
      alpha: values((distance) => (distance <= 4 ? 255 : 0)),
    };
  };

  for (const [inner, outer] of [
    [255, 0],
    [0, 255],
    [200, 40],
  ] as const)
    it(`is what lies inside (${inner} in ${outer})`, () => {
      const ink = inkOf(ring(inner, outer));
      assert.equal(ink[5 * 11 + 5], 0);
      assert.equal(ink[1 * 11 + 5], 255, 'the outline');
      assert.equal(ink[0], 255);
    });

  it('is everything where there is no outline', () => {
    const ink = inkOf(ring(200, 200));
    assert.equal(ink[1 * 11 + 5], 0);
    assert.equal(ink[0], 255);
  });

  it('makes a page with a margin, or none where there is nothing to read', () => {
    const page = pageOf(ring(255, 0), 2);
    assert.match(page?.toString('latin1') ?? '', /^P5\n34 34\n255\n/);
    assert.equal(page?.length, 'P5\n34 34\n255\n'.length + 34 * 34);
    const nothing = { width: 3, height: 3, luma: new Uint8Array(9), alpha: new Uint8Array(9) };
    assert.equal(pageOf(nothing, 1), null);
  });
});
