import assert from 'node:assert/strict';
import { DiscflowError } from '../../../../service/errors.ts';
import { findEncryption, hasScrambledPack } from '../../../../service/scan/dvd/encryption.ts';
import { type Medium, SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';

/** A pack with one packet of a stream, as on a disc. */
function pack(stream: number, flags: number, stuffing = 0): Buffer {
  const data = Buffer.alloc(SECTOR_BYTES);
  data.writeUInt32BE(0x1ba);
  data[13] = 0xf8 | stuffing;
  data.writeUInt32BE(0x100 + stream, 14 + stuffing);
  data[14 + stuffing + 6] = flags;
  return data;
}

describe('encryption', () => {
  const cases: [string, Buffer[], boolean][] = [
    ['plain video', [pack(0xe0, 0x81)], false],
    ['scrambled video', [pack(0xe0, 0x81), pack(0xe0, 0xb1)], true],
    ['scrambled sound', [pack(0xbd, 0x90)], true],
    ['a scrambled pack with stuffing', [pack(0xe0, 0xa0, 5)], true],
    ['a system header that happens to have the bits', [pack(0xbb, 0xb0)], false],
    ['navigation', [pack(0xbf, 0xb0)], false],
    ['padding', [pack(0xbe, 0xb0)], false],
    ['MPEG-1 packets', [pack(0xe0, 0x31)], false],
    ['what is no pack', [Buffer.alloc(SECTOR_BYTES, 0xff)], false],
  ];
  for (const [name, packs, expected] of cases)
    it(`is ${expected ? '' : 'not '}seen in ${name}`, () =>
      assert.equal(hasScrambledPack(Buffer.concat(packs)), expected));

  const sectors = 1000;
  const cells = [
    { key: '1:1.1', firstSector: 0, lastSector: 99, duration: 1, interleaved: false },
    { key: '1:1.2', firstSector: 100, lastSector: 999, duration: 1, interleaved: false },
  ];
  const titles = [
    { titleSet: 1, cells, bytes: sectors * SECTOR_BYTES },
    { titleSet: 2, cells, bytes: sectors * SECTOR_BYTES },
  ];

  function medium(origin: Medium['origin'], read: Medium['read']): Medium {
    const files = ['VIDEO_TS/VTS_01_1.VOB', 'VIDEO_TS/VTS_02_1.VOB'].map((path) => ({
      path,
      bytes: sectors * SECTOR_BYTES,
    }));
    return { source: '', origin, label: '', files, read, close: async () => {} };
  }

  const refuse = async () => {
    const cause = Object.assign(new Error('EIO'), { code: 'EIO' });
    throw new DiscflowError('read-error', 'sector', { hint: '', cause });
  };

  it('is found where a single title set has it', async () => {
    const disc = medium('image', async (path, _, into) => {
      const packs = pack(0xe0, path.includes('VTS_02') ? 0xb0 : 0x80);
      for (let at = 0; at < into.length; at += SECTOR_BYTES) packs.copy(into, at);
    });
    assert.equal(await findEncryption(disc, titles), 'css');
    assert.equal(await findEncryption(disc, titles.slice(0, 1)), null);
  });

  it('is assumed where a drive refuses all video', async () =>
    assert.equal(await findEncryption(medium('device', refuse), titles), 'css'));

  it('is not assumed for an unreadable image', async () =>
    assert.equal(await findEncryption(medium('image', refuse), titles), null));

  it('is not assumed for a drive with a few bad sectors', async () => {
    const disc = medium('device', async (_, position) => {
      if (position < 50 * SECTOR_BYTES) await refuse();
    });
    assert.equal(await findEncryption(disc, titles), null);
  });

  it('does not hide that the disc is gone', async () => {
    const gone = async () => {
      throw new DiscflowError('disc-removed', 'gone', { hint: '' });
    };
    await assert.rejects(findEncryption(medium('device', gone), titles), { code: 'disc-removed' });
  });
});
