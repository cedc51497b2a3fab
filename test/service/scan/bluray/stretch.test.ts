import assert from 'node:assert/strict';
import { type Clip, parseClpi } from '../../../../service/scan/bluray/clpi.ts';
import { stretchBytes } from '../../../../service/scan/bluray/stretch.ts';
import { pack, withLength } from '../../../authoring/bluray/big-endian.ts';

/** Two time bases of ten seconds; an entry point every second, 100 packets apart. */
const clip: Clip = {
  packets: 2000,
  timeBases: [
    { firstPacket: 0, start: 45_000, end: 495_000 },
    { firstPacket: 1000, start: 45_000, end: 495_000 },
  ],
  streams: [],
  entryPoints: Array.from({ length: 20 }, (_, index) => ({
    time: 45_000 * (1 + (index % 10)),
    packet: index * 100,
  })),
};
const at = (seconds: number) => Math.round(45_000 * (1 + seconds));

describe('the bytes of a stretch of a clip', () => {
  const cases: [string, Parameters<typeof stretchBytes>[1], number][] = [
    ['of a whole time base are all of it', { stc: 0, in: at(0), out: at(10) }, 1000],
    ['of the second one are its own', { stc: 1, in: at(0), out: at(10) }, 1000],
    ['reach from entry point to entry point', { stc: 0, in: at(2), out: at(5) }, 300],
    ['begin before IN and end after OUT', { stc: 0, in: at(2.5), out: at(4.5) }, 300],
    ['end with the time base', { stc: 0, in: at(8), out: at(9.9) }, 200],
    ['are few for a blink', { stc: 0, in: at(3), out: at(3) }, 0],
    [
      'count in a time base that is not there from the start',
      { stc: 7, in: at(0), out: at(1) },
      100,
    ],
  ];
  for (const [name, stretch, packets] of cases)
    it(name, () => assert.equal(stretchBytes(clip, stretch), packets * 192));

  it('are all of a clip of which no entry points are known', () => {
    const bare = { ...clip, timeBases: [], entryPoints: [] };
    assert.equal(stretchBytes(bare, { stc: 0, in: 1, out: 2 }), 2000 * 192);
  });

  it('are found at once where a disc was made to be slow: thousands of time bases, played for ever', () => {
    const timeBase = pack([2, 0], [4, 0, 0, 100]);
    const sequence = pack([4, 0], [1, 255, 0], ...Array(255).fill(timeBase));
    const sequences = withLength([1, 0, 255], ...Array(255).fill(sequence));
    const programs = withLength([1, 0, 0]);
    const head = pack('HDMV0200', [4, 64, 64 + sequences.length, 0], Buffer.alloc(44));
    const made = parseClpi(pack(head, sequences, programs));
    assert.equal(made.timeBases.length, 256, 'as many as a playlist can name');
    const started = performance.now();
    for (let item = 0; item < 65_535; item++) stretchBytes(made, { stc: 0, in: 1, out: 2 });
    assert.ok(performance.now() - started < 1000, `${performance.now() - started} ms`);
  });
});
