import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StagedCells } from '../../../../service/rip/dvd/staged-cells.ts';
import { stagingPeak } from '../../../../service/rip/dvd/staging-space.ts';
import { MUXERS } from '../../../../service/rip/title-pipeline.ts';
import type { DvdTitle } from '../../../../service/scan/record.ts';
import { cell, scannedTitle } from '../scanned.ts';

const MB = 1024 * 1024;
const title = (number: number, bytes: number, keys: string[]): DvdTitle =>
  scannedTitle({ number, bytes: bytes * MB, cells: keys.map((key) => cell(key)) });

describe('the space that staging needs', () => {
  const cases = [
    { name: 'one title twice', titles: [title(1, 100, ['1:1.1'])], peak: 200 },
    {
      name: 'every file, and the copies that are muxed and read at a time',
      titles: [1, 2, 3, 4].map((number) => title(number, 100, [`1:${number}.1`])),
      peak: 400 + 100 * (MUXERS + 1),
    },
    {
      name: 'copies that a later title plays again',
      titles: [
        title(1, 100, ['1:1.1']),
        title(2, 50, ['1:2.1']),
        title(3, 60, ['1:3.1']),
        title(4, 150, ['1:1.1', '1:2.1']),
      ],
      peak: 100 + 50 + 60 + 150 + 100 + 50 + 60 + 150,
    },
  ];
  for (const { name, titles, peak } of cases)
    it(`is for ${name}`, () => {
      assert.equal(stagingPeak(titles), (peak + 64) * MB);
    });
});

describe('copied titles in staging', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cells-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('go as soon as they are muxed and no later title plays their cells', async () => {
    const staged = new StagedCells();
    for (const [name, key] of [
      ['t01.vob', '1:1.1'],
      ['t02.vob', '1:2.1'],
    ] as const) {
      const path = join(folder, name);
      await writeFile(path, 'film');
      staged.add(path, new Map([[key, { path, position: 0, bytes: 4 }]]));
      staged.muxed(path);
    }
    const playAll = title(3, 1, ['1:1.1']);
    await staged.keepFor([playAll]);
    assert.deepEqual(await readdir(folder), ['t01.vob']);
    assert.equal(staged.find('1:1.1')?.bytes, 4);
    assert.equal(staged.find('1:2.1'), undefined);
    await staged.keepFor([]);
    assert.deepEqual(await readdir(folder), []);
  });

  it('stay while they are muxed', async () => {
    const staged = new StagedCells();
    const path = join(folder, 't01.vob');
    await writeFile(path, 'film');
    staged.add(path, new Map());
    await staged.keepFor([]);
    assert.deepEqual(await readdir(folder), ['t01.vob']);
  });
});
