import assert from 'node:assert/strict';
import { type FileHandle, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { DiscflowError } from '../../../../service/errors.ts';
import { scanDvd } from '../../../../service/scan/dvd/scan-dvd.ts';
import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { DvdScan } from '../../../../service/scan/record.ts';
import { discFiles, type Scratch, scratchFolder } from '../medium/synthetic-disc.ts';
import { iso9660Head, type RecordSpec } from '../medium/synthetic-iso9660.ts';
import { udfImage } from '../medium/synthetic-udf.ts';

const mutants = 1000;
const millisecondsPerMutant = 500;
/** Where the files of `udfImage` begin, at the earliest. */
const firstFileSector = 260;

interface Mutation {
  kind: 'flip' | 'overwrite' | 'word';
  /** Share of the way through the interesting part of the image. */
  where: number;
  value: number;
  bytes: Uint8Array;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'overwrite', 'word'),
  where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0xffffffff),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
});

const mutant = fc.record({
  mutations: fc.array(mutation, { minLength: 1, maxLength: 8 }),
  keep: fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
});

/** A bridge image: both file systems list the files of a disc with angles, chapters and streams. */
function seedImage(): Buffer {
  const cells = [0, 0x5c, 0xdc, 0].map((category, index) => ({
    vob: index + 1,
    cell: 1,
    first: index * 10,
    last: index * 10 + 9,
    seconds: 10,
    category,
  }));
  const streams = { audioControl: [0x8000], subtitleControl: [0x80000000] };
  const set = {
    titles: [[[1, 1]], [[2, 1]]] satisfies [number, number][][],
    chains: [
      { title: 1, cells, programs: [1, 4], ...streams },
      { title: 2, cells: cells.slice(0, 1) },
    ],
    audio: [[0, 1, 0x65, 0x6e, 0, 0, 0, 0]],
    subtitles: [[1, 0, 0x65, 0x6e, 0, 0]],
    sectors: 40,
  };
  const titles: [number, number][] = [
    [1, 1],
    [1, 2],
  ];
  const files = [...discFiles({ titles, sets: [set] })].map(([name, data]) => ({ name, data }));
  const udf = udfImage({ label: 'FUZZ', files, allocation: 'short' });
  let from = firstFileSector * SECTOR_BYTES;
  const records = files.map(({ name, data }): RecordSpec => {
    const position = udf.indexOf(data, from);
    from = position + data.length;
    return { name: `${name};1`, sector: position / SECTOR_BYTES, bytes: data.length };
  });
  iso9660Head('FUZZ', records).copy(udf);
  return udf;
}

/** The sectors that hold anything but zeros and numbered video. */
function interestingSectors(image: Buffer): number[] {
  return Array.from({ length: image.length / SECTOR_BYTES }, (_, index) => index).filter((index) =>
    image.subarray(index * SECTOR_BYTES + 4, (index + 1) * SECTOR_BYTES).some((byte) => byte !== 0),
  );
}

function mutate(image: Buffer, sectors: number[], { kind, where, value, bytes }: Mutation): void {
  const place = where * sectors.length;
  const sector = sectors[Math.floor(place)] ?? 0;
  // Structures are short: most of the interest is at the start of a sector.
  const offset = Math.floor((place % 1) ** 3 * (SECTOR_BYTES - 64));
  const at = sector * SECTOR_BYTES + offset;
  if (kind === 'flip') image.writeUInt8(image.readUInt8(at) ^ (1 << (value % 8)), at);
  if (kind === 'overwrite') image.set(bytes, at);
  if (kind === 'word') image.writeUInt32BE(value, at & ~1);
}

describe('scan of damaged images', () => {
  let scratch: Scratch;
  let path: string;
  let file: FileHandle;
  before(async () => {
    scratch = await scratchFolder();
    path = join(scratch.path, 'mutant.iso');
    file = await open(path, 'w+');
  });
  after(async () => {
    await file.close();
    await scratch.remove();
  });

  async function scanImage(image: Buffer): Promise<DvdScan | DiscflowError> {
    await file.write(image, 0, image.length, 0);
    await truncate(path, image.length);
    try {
      const medium = await openMedium(path);
      try {
        return DvdScan.parse(await scanDvd(medium));
      } finally {
        await medium.close();
      }
    } catch (error) {
      if (error instanceof DiscflowError) return error;
      throw error;
    }
  }

  it('has a seed that is sound', async () => {
    const scan = await scanImage(seedImage());
    assert.ok(!(scan instanceof DiscflowError));
    assert.equal(scan.titles.length, 2);
    assert.equal(scan.titles[0]?.angles, 2);
    assert.deepEqual(scan.damaged, []);
  });

  it(`ends in a scan or a typed error, in time, for ${mutants} mutants`, async () => {
    const seed = seedImage();
    const sectors = interestingSectors(seed);
    const outcomes = { scans: 0, errors: 0 };
    const property = fc.asyncProperty(mutant, async ({ mutations, keep }) => {
      const image = Buffer.from(seed);
      for (const each of mutations) mutate(image, sectors, each);
      const start = performance.now();
      const outcome = await scanImage(image.subarray(0, Math.ceil(image.length * keep)));
      assert.ok(performance.now() - start < millisecondsPerMutant, 'took too long');
      assert.notEqual(outcome instanceof DiscflowError && outcome.code, 'internal');
      outcomes[outcome instanceof DiscflowError ? 'errors' : 'scans']++;
    });
    await fc.assert(property, { numRuns: mutants, seed: 20, endOnFailure: true });
    assert.ok(outcomes.scans > mutants / 10 && outcomes.errors > mutants / 20);
  });
});
