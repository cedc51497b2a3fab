import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { reachesItsEnd } from '../../../service/rip/matroska-end.ts';

const EBML = [0x1a, 0x45, 0xdf, 0xa3, 0x83, 1, 2, 3];
const SEGMENT = [0x18, 0x53, 0x80, 0x67];
/** 1000 bytes in two, four and eight bytes. */
const LENGTHS = [
  [0x43, 0xe8],
  [0x10, 0x00, 0x03, 0xe8],
  [0x01, 0, 0, 0, 0, 0, 0x03, 0xe8],
];
const UNKNOWN = [0x01, 255, 255, 255, 255, 255, 255, 255];

describe('whether a Matroska file is all there', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'matroska-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function check(bytes: Uint8Array | number[]): Promise<boolean> {
    const path = join(folder, 'file.mkv');
    await writeFile(path, Uint8Array.from(bytes));
    return reachesItsEnd(path);
  }

  const file = (length: number[], payload: number) => [
    ...EBML,
    ...SEGMENT,
    ...length,
    ...Array.from({ length: payload }, () => 7),
  ];

  for (const length of LENGTHS)
    it(`compares the length in ${length.length} bytes with the file`, async () => {
      assert.equal(await check(file(length, 1000)), true);
      assert.equal(await check(file(length, 999)), false);
    });

  it('takes a length that is not known as true', async () => {
    assert.equal(await check(file(UNKNOWN, 10)), true);
  });

  it('answers for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        assert.equal(await check(bytes), false);
        assert.equal(typeof (await check([...EBML, ...SEGMENT, ...bytes])), 'boolean');
      }),
    );
  });
});
