import assert from 'node:assert/strict';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Medium, SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { type UdfImageSpec, writeUdfImage } from '../../../authoring/bluray/udf-image.ts';
import { numberedSectors, type Scratch, scratchFolder } from './synthetic-disc.ts';

/** Where the partition of an image begins, and in it the metadata and the entry of its mirror. */
const PARTITION = 288;
const METADATA_ENTRY = PARTITION;
const METADATA = PARTITION + 2;

const gigabyte = 2 ** 30;

describe('UDF 2.50', () => {
  let scratch: Scratch;
  let image: string;
  before(async () => {
    scratch = await scratchFolder();
    image = join(scratch.path, 'disc.iso');
  });
  after(() => scratch.remove());

  async function openUdf(spec: Partial<UdfImageSpec> = {}): Promise<Medium> {
    await writeUdfImage(image, { label: 'A DISC', files, metadata: true, ...spec });
    return openMedium(image);
  }

  async function overwrite(sector: number, count = 1): Promise<void> {
    const file = await open(image, 'r+');
    await file.write(Buffer.alloc(count * SECTOR_BYTES, 0xa5), 0, undefined, sector * SECTOR_BYTES);
    await file.close();
  }

  const stream = numberedSectors(0, 40);
  const files = new Map([
    ['BDMV/STREAM/00001.m2ts', stream],
    ['BDMV/PLAYLIST/00001.mpls', Buffer.from('a playlist')],
    ['AACS/DUPLICATE/Unit_Key_RO.inf', Buffer.from('keys')],
    ['BDSVM/00000.svm', Buffer.from('a program')],
    ['OTHER/ignored.txt', Buffer.from('of no use')],
  ]);
  const paths = [
    'AACS/DUPLICATE/UNIT_KEY_RO.INF',
    'BDMV/PLAYLIST/00001.MPLS',
    'BDMV/STREAM/00001.M2TS',
    'BDSVM/00000.SVM',
  ];

  async function assertReadable(medium: Medium): Promise<void> {
    assert.equal(medium.label, 'A DISC');
    assert.deepEqual(medium.files.map(({ path }) => path).sort(), paths);
    const into = Buffer.alloc(stream.length);
    await medium.read('BDMV/STREAM/00001.M2TS', 0, into);
    assert.deepEqual(into, stream);
    await medium.close();
  }

  it('is read through its metadata partition', async () => assertReadable(await openUdf()));

  it('of revision 1.02 is read without one', async () =>
    assertReadable(await openUdf({ metadata: false })));

  for (const [what, sector, count] of [
    ['the entry of the metadata file', METADATA_ENTRY, 1],
    ['the file set', METADATA, 1],
    ['all of the metadata', METADATA, 16],
    ['a folder in the metadata', METADATA + 14, 1],
  ] as const)
    it(`is read through the mirror when ${what} is damaged`, async () => {
      await (await openUdf()).close();
      await overwrite(sector, count);
      await assertReadable(await openMedium(image));
    });

  it('cannot be read when both copies are damaged', async () => {
    await (await openUdf()).close();
    await overwrite(METADATA_ENTRY, 2);
    await assert.rejects(openMedium(image), { code: 'disc-unreadable' });
  });

  it('has files of thousands of extents, whose list goes on elsewhere', async () => {
    const long = numberedSectors(0, 3000);
    const medium = await openUdf({
      files: new Map([['BDMV/STREAM/00002.m2ts', long]]),
      extentBytes: SECTOR_BYTES,
    });
    const into = Buffer.alloc(long.length - 100);
    await medium.read('BDMV/STREAM/00002.M2TS', 100, into);
    assert.ok(into.equals(long.subarray(100)));
    await medium.close();
  });

  it('has files above 4 GiB', async () => {
    const bytes = 9 * gigabyte + 6 * SECTOR_BYTES;
    const medium = await openUdf({
      files: new Map<string, Buffer | { zeros: number }>([
        ['BDMV/STREAM/00001.m2ts', { zeros: bytes }],
        ['BDMV/STREAM/00002.m2ts', stream],
      ]),
    });
    assert.ok((await stat(image)).size > 9 * gigabyte);
    assert.deepEqual(
      medium.files.map((file) => file.bytes),
      [bytes, stream.length],
    );
    const into = Buffer.alloc(SECTOR_BYTES, 1);
    await medium.read('BDMV/STREAM/00001.M2TS', bytes - into.length, into);
    assert.ok(into.every((byte) => byte === 0));
    await medium.read('BDMV/STREAM/00002.M2TS', 5 * SECTOR_BYTES, into);
    assert.equal(into.readUInt32BE(), 5);
    await assert.rejects(medium.read('BDMV/STREAM/00001.M2TS', bytes - 1, into), {
      code: 'read-error',
    });
    await medium.close();
  });
});
