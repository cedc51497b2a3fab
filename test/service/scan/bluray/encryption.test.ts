import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DiscflowError } from '../../../../service/errors.ts';
import { findEncryption } from '../../../../service/scan/bluray/encryption.ts';
import { unitKeyId } from '../../../../service/scan/fingerprint.ts';
import { memoryMedium } from './memory-medium.ts';

const UNIT_BYTES = 6144;

/** A stream of sound packets, of which some aligned units are scrambled. */
function stream(units: number, isScrambled: (unit: number) => boolean): Buffer {
  const data = Buffer.alloc(units * UNIT_BYTES, 0x11);
  for (let at = 4; at < data.length; at += 192) data[at] = 0x47;
  for (let unit = 0; unit < units; unit++)
    if (isScrambled(unit)) {
      data.fill(0x5a, unit * UNIT_BYTES + 16, (unit + 1) * UNIT_BYTES);
      data[unit * UNIT_BYTES] = 0xc0;
    }
  return data;
}

const keys = Buffer.alloc(100, 7);
const path = 'BDMV/STREAM/00001.M2TS';

describe('the protection of a Blu-ray disc', () => {
  const plain = stream(200, () => false);
  const cases: [string, [string, Buffer][], 'aacs' | 'bdplus' | null][] = [
    ['is none when its streams are plain', [[path, plain]], null],
    ['is AACS by its unit keys', [['AACS/UNIT_KEY_RO.INF', keys]], 'aacs'],
    ['is AACS by their copy', [['AACS/DUPLICATE/UNIT_KEY_RO.INF', keys]], 'aacs'],
    [
      'is BD+ by its programs',
      [
        ['AACS/UNIT_KEY_RO.INF', keys],
        ['BDSVM/00000.SVM', keys],
      ],
      'bdplus',
    ],
    ['is AACS by scrambled streams alone', [[path, stream(200, () => true)]], 'aacs'],
    [
      'is AACS when only later units are scrambled',
      [[path, stream(200, (unit) => unit > 20)]],
      'aacs',
    ],
    ['is none on a disc without streams', [], null],
  ];
  for (const [name, files, wanted] of cases)
    it(name, async () => assert.equal(await findEncryption(memoryMedium(new Map(files))), wanted));

  it('is taken for granted where a drive refuses every stream', async () => {
    const medium = memoryMedium(new Map([[path, plain]]), { origin: 'device' });
    const cause = Object.assign(new Error('i/o error'), { code: 'EIO' });
    medium.read = async () => {
      throw new DiscflowError('read-error', 'refused', { hint: 'none', cause });
    };
    assert.equal(await findEncryption(medium), 'aacs');
  });

  it('gives the disc its global id', async () => {
    const wanted = createHash('sha1').update(keys).digest('hex').toUpperCase();
    for (const file of ['AACS/UNIT_KEY_RO.INF', 'AACS/DUPLICATE/UNIT_KEY_RO.INF'])
      assert.equal(await unitKeyId(memoryMedium(new Map([[file, keys]]))), wanted);
    assert.equal(await unitKeyId(memoryMedium(new Map())), null);
  });
});
