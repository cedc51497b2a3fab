import assert from 'node:assert/strict';
import { mkdir, open, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discKindOf } from '../../../../service/scan/disc-kind.ts';
import { type Medium, SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { numberedSectors, type Scratch, scratchFolder, writeDiscFolder } from './synthetic-disc.ts';
import { iso9660Head, type RecordSpec, writeDirectory } from './synthetic-iso9660.ts';
import { type Allocation, udfImage } from './synthetic-udf.ts';

const gigabyte = 1024 ** 3;
const noise = Uint8Array.from({ length: 300 * SECTOR_BYTES }, (_, at) => (at * at * 31) >> 7);

describe('open medium', () => {
  let scratch: Scratch;
  before(async () => {
    scratch = await scratchFolder();
  });
  after(() => scratch.remove());

  async function openImage(data: Buffer, bytes = data.length): Promise<Medium> {
    const image = join(scratch.path, 'image.iso');
    await writeFile(image, data);
    await truncate(image, bytes);
    return openMedium(image);
  }

  const manager: RecordSpec = { name: 'VIDEO_TS.IFO;1', sector: 30, bytes: SECTOR_BYTES };

  describe('ISO 9660', () => {
    it('lists the files below VIDEO_TS without version numbers', async () => {
      const medium = await openImage(iso9660Head('A FILM', [manager]));
      assert.equal(medium.label, 'A FILM');
      assert.equal(medium.origin, 'image');
      assert.deepEqual(medium.files, [{ path: 'VIDEO_TS/VIDEO_TS.IFO', bytes: SECTOR_BYTES }]);
      await medium.close();
    });

    it('reads a file of several extents across their border and above 4 GiB', async () => {
      const name = 'VTS_01_1.VOB;1';
      const head = iso9660Head('BIG', [
        { name, sector: 100, bytes: SECTOR_BYTES, continues: true },
        { name, sector: 3_000_000, bytes: 2 * SECTOR_BYTES },
        { name: 'VTS_01_2.VOB;1', sector: 30, bytes: gigabyte + SECTOR_BYTES },
      ]);
      const image = join(scratch.path, 'sparse.iso');
      await writeFile(image, head);
      const file = await open(image, 'r+');
      await file.write(numberedSectors(0, 1), 0, SECTOR_BYTES, 100 * SECTOR_BYTES);
      await file.write(numberedSectors(1, 2), 0, 2 * SECTOR_BYTES, 3_000_000 * SECTOR_BYTES);
      await file.close();
      const medium = await openMedium(image);
      const into = Buffer.alloc(2 * SECTOR_BYTES);
      await medium.read('VIDEO_TS/VTS_01_1.VOB', SECTOR_BYTES / 2, into);
      assert.equal(into.readUInt32BE(SECTOR_BYTES / 2), 1);
      assert.equal(into.readUInt32BE((SECTOR_BYTES * 3) / 2), 2);
      assert.equal(medium.files[1]?.bytes, gigabyte + SECTOR_BYTES);
      await medium.close();
    });

    it('ends at a directory that contains itself', async () => {
      const loop: RecordSpec = { ...manager, name: 'VIDEO_TS', sector: 21, directory: true };
      const medium = await openImage(iso9660Head('LOOP', [loop, manager]));
      assert.equal(medium.files.length, 1);
      await medium.close();
    });

    it('refuses a directory of absurd size', async () => {
      const head = iso9660Head('ABSURD', [manager]);
      writeDirectory(head, 20, [
        { name: 'VIDEO_TS', sector: 21, bytes: 0xffffffff, directory: true },
      ]);
      const medium = await openImage(head);
      assert.equal(medium.files.length, 0);
      await medium.close();
    });

    it('reports a truncated image as such when its video is read', async () => {
      const medium = await openImage(iso9660Head('SHORT', [manager]));
      const read = medium.read('VIDEO_TS/VIDEO_TS.IFO', 0, Buffer.alloc(SECTOR_BYTES));
      await assert.rejects(read, { code: 'read-error', message: /ends before sector 30/ });
      await medium.close();
    });

    it('cannot open an image that ends before its root directory', async () => {
      const head = iso9660Head('SHORT', [manager]).subarray(0, 18 * SECTOR_BYTES);
      await assert.rejects(openImage(head), { code: 'disc-unreadable' });
    });
  });

  describe('UDF', () => {
    const data = numberedSectors(7, 3);
    const cases: [string, Allocation, boolean][] = [
      ['short allocation descriptors', 'short', false],
      ['long allocation descriptors', 'long', false],
      ['contents inside the file entry', 'embedded', false],
      ['a continued list of allocation descriptors', 'continued', false],
      ['extended file entries', 'short', true],
    ];
    for (const [name, allocation, extended] of cases)
      it(`reads files with ${name}`, async () => {
        const content = allocation === 'embedded' ? data.subarray(0, 500) : data;
        const files = [{ name: 'video_ts.ifo', data: content }];
        const label = 'Été 1';
        const medium = await openImage(udfImage({ label, files, allocation, extended }));
        assert.equal(medium.label, label);
        assert.deepEqual(medium.files, [{ path: 'VIDEO_TS/VIDEO_TS.IFO', bytes: content.length }]);
        const into = Buffer.alloc(content.length);
        await medium.read('VIDEO_TS/VIDEO_TS.IFO', 0, into);
        assert.deepEqual(into, content);
        await medium.close();
      });

    const files = [{ name: 'VIDEO_TS.IFO', data }];
    const bridge = () => {
      const image = udfImage({ label: 'UDF', files, allocation: 'short' });
      iso9660Head('ISO', [{ ...manager, sector: 300 }]).copy(image);
      return image;
    };

    it('is preferred on a bridge disc', async () => {
      const medium = await openImage(bridge());
      assert.equal(medium.label, 'UDF');
      await medium.close();
    });

    it('borrows the label of ISO 9660 when it has none', async () => {
      const image = udfImage({ label: '', files, allocation: 'short' });
      iso9660Head('ISO', [{ ...manager, sector: 300 }]).copy(image);
      const medium = await openImage(image);
      assert.equal(medium.label, 'ISO');
      assert.equal(medium.files[0]?.bytes, data.length);
      await medium.close();
    });

    it('falls back to ISO 9660 when a descriptor is damaged', async () => {
      const image = bridge();
      const set = image.indexOf('VIDEO_TS.IFO', 260 * SECTOR_BYTES, 'latin1');
      image[set] = 0;
      const medium = await openImage(image);
      assert.equal(medium.label, 'ISO');
      assert.equal(medium.files.length, 1);
      await medium.close();
    });

    it('uses the reserve descriptors when the main ones are damaged', async () => {
      const image = udfImage({ label: 'UDF', files, allocation: 'short' });
      image.fill(0, 32 * SECTOR_BYTES, 35 * SECTOR_BYTES);
      const medium = await openImage(image);
      assert.equal(medium.files.length, 1);
      await medium.close();
    });

    for (const redirected of ['*UDF Virtual Partition', '*UDF Sparable Partition'])
      it(`refuses a ${redirected.slice(5)} with clear words`, async () => {
        const image = udfImage({ label: 'PACKETS', files, allocation: 'short', redirected });
        const message = `The disc's file system redirects its blocks ("${redirected}"), as packet-written discs do.`;
        await assert.rejects(openImage(image), { code: 'unsupported-disc', message });
      });
  });

  describe('a folder', () => {
    const files = new Map([
      ['video_ts.ifo', Buffer.alloc(SECTOR_BYTES, 1)],
      ['VTS_01_1.vob', numberedSectors(0, 2)],
    ]);

    it('is a disc with VIDEO_TS inside, or as VIDEO_TS itself, in any case', async () => {
      const disc = await writeDiscFolder(scratch.path, 'My Film', files);
      await rename(join(disc, 'VIDEO_TS'), join(disc, 'Video_ts'));
      for (const source of [disc, join(disc, 'Video_ts'), `${disc}/`]) {
        const medium = await openMedium(source);
        assert.equal(medium.label, 'My Film');
        assert.deepEqual(medium.files.map(({ path }) => path).sort(), [
          'VIDEO_TS/VIDEO_TS.IFO',
          'VIDEO_TS/VTS_01_1.VOB',
        ]);
        const into = Buffer.alloc(4);
        await medium.read('VIDEO_TS/VTS_01_1.VOB', SECTOR_BYTES, into);
        assert.equal(into.readUInt32BE(), 1);
        await medium.close();
      }
    });

    it('cannot be read past the end of a file', async () => {
      const medium = await openMedium(await writeDiscFolder(scratch.path, 'Short', files));
      const read = medium.read('VIDEO_TS/VTS_01_1.VOB', SECTOR_BYTES, Buffer.alloc(4096));
      await assert.rejects(read, { code: 'read-error' });
      await assert.rejects(medium.read('VIDEO_TS/X', 0, Buffer.alloc(1)), { code: 'read-error' });
      await medium.close();
    });
  });

  describe('what is no disc', () => {
    const cases: [string, Buffer][] = [
      ['an empty file', Buffer.alloc(0)],
      ['a text file', Buffer.from('not a disc\n'.repeat(60_000))],
      ['zeros', Buffer.alloc(300 * SECTOR_BYTES)],
      ['noise', Buffer.from(noise)],
    ];
    for (const [name, data] of cases)
      it(`is told of ${name}`, () => assert.rejects(openImage(data), { code: 'not-a-disc' }));

    it('is told of a folder without a disc', async () => {
      const folder = join(scratch.path, 'holiday');
      await mkdir(join(folder, 'pictures'), { recursive: true });
      await mkdir(join(folder, 'VIDEO_TS'));
      await assert.rejects(openMedium(folder), { code: 'not-a-disc' });
    });

    it('is told of a path with nothing there and of a character device', async () => {
      await assert.rejects(openMedium(join(scratch.path, 'none')), { code: 'not-a-disc' });
      await assert.rejects(openMedium('/dev/null'), { code: 'not-a-disc' });
    });
  });

  it('stops at once when aborted', async () => {
    const reason = new Error('stop');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(openMedium(scratch.path, { signal }), reason);
  });
});

describe('disc kind', () => {
  const cases: [string, string[], string][] = [
    ['a DVD', ['VIDEO_TS/VIDEO_TS.IFO', 'VIDEO_TS/VTS_01_1.VOB'], 'dvd'],
    ['a DVD whose manager survives as backup', ['VIDEO_TS/VIDEO_TS.BUP'], 'dvd'],
    ['a Blu-ray disc', ['BDMV/INDEX.BDMV', 'BDMV/STREAM/00001.M2TS'], 'bluray'],
    ['DVD-Audio', ['AUDIO_TS/AUDIO_TS.IFO'], 'unknown'],
    ['files of no format', [], 'data'],
  ];
  for (const [name, paths, kind] of cases)
    it(`of ${name} is ${kind}`, () =>
      assert.equal(discKindOf({ files: paths.map((path) => ({ path, bytes: 1 })) }), kind));
});
