import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DiscflowError } from '../../../service/errors.ts';
import { globalDiscId, unitKeyId } from '../../../service/scan/fingerprint.ts';
import type { Medium } from '../../../service/scan/medium/medium.ts';

/** A medium of these files; null is one whose sectors cannot be read. */
function mediumOf(files: Record<string, Buffer | null>): Medium {
  return {
    source: 'test',
    origin: 'image',
    label: '',
    files: Object.entries(files).map(([path, data]) => ({ path, bytes: data?.length ?? 2048 })),
    read: async (path, position, into) => {
      const data = files[path];
      if (!data)
        throw new DiscflowError('read-error', `${path} cannot be read`, { hint: 'Clean the disc' });
      data.copy(into, 0, position, position + into.length);
    },
    close: async () => undefined,
  };
}

/** An IFO whose VMG says that there are so many title sets. */
function ifo(fill: number, titleSets = 0): Buffer {
  const data = Buffer.alloc(2048, fill);
  data.writeUInt16BE(titleSets, 0x3e);
  return data;
}

const md5 = (...parts: Buffer[]) =>
  createHash('md5').update(Buffer.concat(parts)).digest('hex').toUpperCase();
const sha1 = (data: Buffer) => createHash('sha1').update(data).digest('hex').toUpperCase();
const path = (set: number, extension = 'IFO') =>
  `VIDEO_TS/VTS_${String(set).padStart(2, '0')}_0.${extension}`;

describe('GlobalDiscId', () => {
  it('of a DVD is over the IFOs of as many title sets as there are, in their order', async () => {
    const files = {
      [path(2)]: ifo(2),
      [path(1)]: ifo(1),
      'VIDEO_TS/VIDEO_TS.IFO': ifo(9, 2),
      [path(3)]: ifo(3),
      'VIDEO_TS/VTS_01_1.VOB': ifo(7),
    };
    assert.equal(await globalDiscId(mediumOf(files)), md5(ifo(9, 2), ifo(1), ifo(2)));
  });

  it('of a DVD counts ten IFOs at most, the first included', async () => {
    const sets = Array.from({ length: 12 }, (_, index) => index + 1);
    const files = {
      'VIDEO_TS/VIDEO_TS.IFO': ifo(0, 12),
      ...Object.fromEntries(sets.map((set) => [path(set), ifo(set)])),
    };
    const counted = sets.slice(0, 9).map((set) => ifo(set));
    assert.equal(await globalDiscId(mediumOf(files)), md5(ifo(0, 12), ...counted));
  });

  it('of a DVD skips a missing IFO, and takes the backup of one that cannot be read', async () => {
    const files = {
      'VIDEO_TS/VIDEO_TS.IFO': ifo(0, 3),
      [path(2)]: null,
      [path(2, 'BUP')]: ifo(2),
      [path(3)]: ifo(3),
    };
    assert.equal(await globalDiscId(mediumOf(files)), md5(ifo(0, 3), ifo(2), ifo(3)));
  });

  const keys = Buffer.from('unit keys');
  const blurays: [string, Record<string, Buffer | null>, string | null][] = [
    ['is over its unit keys', { 'AACS/UNIT_KEY_RO.INF': keys }, sha1(keys)],
    [
      'takes their copy when they cannot be read',
      { 'AACS/UNIT_KEY_RO.INF': null, 'AACS/DUPLICATE/UNIT_KEY_RO.INF': keys },
      sha1(keys),
    ],
    [
      'takes their copy when they are missing',
      { 'AACS/DUPLICATE/UNIT_KEY_RO.INF': keys },
      sha1(keys),
    ],
    ['is none without AACS', { 'BDMV/STREAM/00000.M2TS': keys }, null],
  ];
  for (const [name, files, id] of blurays)
    it(`of a Blu-ray ${name}`, async () => assert.equal(await unitKeyId(mediumOf(files)), id));
});
