import assert from 'node:assert/strict';
import { openTitleSet, type TitleSet } from '../../../../service/scan/dvd/title-set.ts';
import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import {
  numberedSectors,
  type Scratch,
  scratchFolder,
  writeDiscFolder,
} from '../medium/synthetic-disc.ts';

describe('title set', () => {
  let scratch: Scratch;
  let set: TitleSet;
  let close: () => Promise<void>;
  before(async () => {
    scratch = await scratchFolder();
    const files = new Map([
      ['VTS_01_0.VOB', numberedSectors(100, 4)],
      ['VTS_01_1.VOB', numberedSectors(0, 3)],
      ['VTS_01_2.VOB', numberedSectors(3, 1)],
      ['VTS_01_3.VOB', numberedSectors(4, 3)],
      ['VTS_01_5.VOB', numberedSectors(200, 1)],
    ]);
    const medium = await openMedium(await writeDiscFolder(scratch.path, 'DISC', files));
    set = openTitleSet(medium, 1);
    close = () => medium.close();
  });
  after(async () => {
    await close();
    await scratch.remove();
  });

  async function read(first: number, count: number): Promise<number[]> {
    const into = Buffer.alloc(count * SECTOR_BYTES);
    await set.read(first, count, into);
    return Array.from({ length: count }, (_, index) => into.readUInt32BE(index * SECTOR_BYTES));
  }

  it('joins the VOBs, without the menus and up to the first gap', () =>
    assert.equal(set.sectors, 7));

  it('reads inside one VOB', async () => assert.deepEqual(await read(4, 2), [4, 5]));

  it('reads across several VOBs', async () => {
    assert.deepEqual(await read(0, 7), [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await read(2, 3), [2, 3, 4]);
  });

  it('refuses what is outside', async () => {
    await assert.rejects(read(6, 2), { code: 'read-error', message: /Sectors 6 to 7 .* set 1/ });
    await assert.rejects(set.read(-1, 1, Buffer.alloc(SECTOR_BYTES)), { code: 'read-error' });
  });
});
