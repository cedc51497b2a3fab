import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLineReader } from '../../../service/tools/line-reader.ts';

/** What a reader makes of output that comes in pieces. */
function linesOf(chunks: readonly Uint8Array[], longest = 1000): [string, number][] {
  const lines: [string, number][] = [];
  const reader = createLineReader(longest, (line, dropped) => lines.push([line, dropped]));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

describe('lines of output', () => {
  const cases: { name: string; chunks: string[]; longest?: number; lines: [string, number][] }[] = [
    { name: 'none', chunks: [], lines: [] },
    { name: 'one without its end', chunks: ['a'], lines: [['a', 0]] },
    { name: 'an empty one', chunks: ['\n'], lines: [['', 0]] },
    {
      name: 'both ends',
      chunks: ['a\r', '\nb\n'],
      lines: [
        ['a', 0],
        ['b', 0],
      ],
    },
    { name: 'other separators inside', chunks: ['a\u2028b\rc\n'], lines: [['a\u2028b\rc', 0]] },
    { name: 'one that just fits', chunks: ['ab', 'c\n'], longest: 3, lines: [['abc', 0]] },
    {
      name: 'one that is cut',
      chunks: ['ab', 'cde', 'f\ng'],
      longest: 3,
      lines: [
        ['abc', 3],
        ['g', 0],
      ],
    },
  ];
  for (const { name, chunks, longest, lines } of cases)
    it(`are read: ${name}`, () => {
      assert.deepEqual(
        linesOf(
          chunks.map((chunk) => Buffer.from(chunk)),
          longest,
        ),
        lines,
      );
    });

  it('are the same wherever the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '\r', '\n') }),
        fc.nat(9),
        (text, at) => {
          const bytes = Buffer.from(text);
          const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
          assert.deepEqual(linesOf(pieces), linesOf([bytes]));
        },
      ),
    );
  });
});
