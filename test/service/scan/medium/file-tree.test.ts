import assert from 'node:assert/strict';
import { type Entry, walkTree } from '../../../../service/scan/medium/file-tree.ts';

const many = Array.from({ length: 16_000 }, (_, index) => ({
  position: index * 4096,
  bytes: 2048,
}));

function entry(name: string, directory: boolean, place: number): Entry {
  return { name, directory, place, extents: async () => many };
}

describe('the files of a disc', () => {
  it('end where all together have more pieces than a disc can have', async () => {
    const streams = Array.from({ length: 5000 }, (_, index) =>
      entry(`${index}.m2ts`, false, 10 + index),
    );
    const folders = [[entry('BDMV', true, 1)], streams];
    const { files, faults } = await walkTree(entry('the root', true, 0), async ({ place }) => {
      return folders[place] ?? [];
    });
    assert.equal(files.length, 31);
    assert.equal(faults.length, 1);
  });
});
