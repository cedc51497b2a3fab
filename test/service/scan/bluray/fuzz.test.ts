import assert from 'node:assert/strict';
import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { DiscflowError } from '../../../../service/errors.ts';
import { parseClpi } from '../../../../service/scan/bluray/clpi.ts';
import { parseMpls } from '../../../../service/scan/bluray/mpls.ts';
import { scanBluray } from '../../../../service/scan/bluray/scan-bluray.ts';
import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { BlurayScan } from '../../../../service/scan/record.ts';
import { parseStructure } from '../../../../service/scan/structure.ts';
import { pack } from '../../../authoring/bluray/big-endian.ts';
import { clipInformation } from '../../../authoring/bluray/clip-information.ts';
import { discLibrary, indexFile } from '../../../authoring/bluray/disc-files.ts';
import { writeUdfImage } from '../../../authoring/bluray/udf-image.ts';
import { type Scratch, scratchFolder } from '../medium/synthetic-disc.ts';
import { inClip, syntheticMpls } from './synthetic-mpls.ts';

const fileMutants = 5000;
const imageMutants = 2000;
/** Wide, because the machine may be busy: what hangs takes longer. */
const millisecondsPerMutant = 5000;

interface Mutation {
  kind: 'flip' | 'overwrite' | 'word' | 'half';
  /** Share of the way through what is mutated. */
  where: number;
  value: number;
  bytes: Uint8Array;
}

const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('flip', 'overwrite', 'word', 'half'),
    where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0xffffffff),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  }),
  { minLength: 1, maxLength: 8 },
);
const keep = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
);

function mutateAt(data: Buffer, at: number, { kind, value, bytes }: Mutation): void {
  if (kind === 'flip') data.writeUInt8(data.readUInt8(at) ^ (1 << (value % 8)), at);
  if (kind === 'overwrite') data.set(bytes.subarray(0, data.length - at), at);
  if (kind === 'word' && at + 4 <= data.length) data.writeUInt32BE(value, at);
  if (kind === 'half' && at + 2 <= data.length) data.writeUInt16BE(value & 0xffff, at);
}

const streams = [
  { entry: inClip(0x1011), attributes: pack([1, 0x1b, 0x61, 0, 0, 0]) },
  { entry: inClip(0x1100), attributes: pack([1, 0x81, 0x31], 'eng') },
  { entry: inClip(0x1200), attributes: pack([1, 0x90], 'eng', [1, 0]) },
];
const counts = [1, 1, 1];
const item = { counts, streams, times: [45_000, 495_000] } satisfies object;
const playlist = syntheticMpls({
  items: [
    { ...item, flags: 0x11, angles: ['00002'], times: [45_000, 495_000] },
    { ...item, clip: '00002', times: [45_000, 495_000] },
  ],
  subPaths: [{ type: 5, clips: [['00001', '00002']] }],
  marks: [
    [1, 0, 45_000],
    [1, 1, 90_000],
  ],
});
const clip = clipInformation(
  { seconds: 10, audio: [{ lang: 'eng' }], subtitles: ['eng'] },
  {
    packets: 640,
    start: 45_000,
    end: 495_000,
    entries: Array.from({ length: 10 }, (_, i) => ({ time: 90_000 * (1 + i), packet: 64 * i })),
  },
);

describe('damaged playlists and clip information', () => {
  const parsers: [string, Buffer, (data: Buffer) => unknown][] = [
    ['playlists', playlist, parseMpls],
    ['clip information', clip, parseClpi],
  ];
  for (const [name, seed, parse] of parsers)
    it(`are read or refused, in time: ${fileMutants} ${name}`, () => {
      parse(seed);
      const property = fc.property(mutations, keep, (list, share) => {
        const data = Buffer.from(seed);
        for (const each of list) mutateAt(data, Math.floor(each.where * data.length), each);
        const start = performance.now();
        try {
          parseStructure(name, () => parse(data.subarray(0, Math.ceil(data.length * share))));
        } catch (error) {
          assert.ok(error instanceof DiscflowError && error.code === 'disc-unreadable', `${error}`);
        }
        assert.ok(performance.now() - start < millisecondsPerMutant, 'took too long');
      });
      fc.assert(property, { numRuns: fileMutants, seed: 20 });
    });
});

describe('scan of damaged Blu-ray images', () => {
  let scratch: Scratch;
  let path: string;
  let seed: Buffer;
  let file: FileHandle;
  before(async () => {
    scratch = await scratchFolder();
    path = join(scratch.path, 'mutant.iso');
    await writeUdfImage(path, { label: 'FUZZ', files: discFiles(), metadata: true });
    seed = await readFile(path);
    file = await open(path, 'w+');
  });
  after(async () => {
    await file.close();
    await scratch.remove();
  });

  function discFiles(): Map<string, Buffer> {
    const stream = Buffer.alloc(640 * 192);
    for (let at = 4; at < stream.length; at += 192) stream[at] = 0x47;
    const structure: [string, Buffer][] = [
      ['PLAYLIST/00001.mpls', playlist],
      ['CLIPINF/00001.clpi', clip],
      ['CLIPINF/00002.clpi', clip],
      ['index.bdmv', indexFile(1)],
    ];
    return new Map([
      ...structure.map(([name, data]): [string, Buffer] => [`BDMV/${name}`, data]),
      ...structure.map(([name, data]): [string, Buffer] => [`BDMV/BACKUP/${name}`, data]),
      ['BDMV/META/DL/bdmt_eng.xml', Buffer.from(discLibrary('Fuzz', 'eng'))],
      ['BDMV/STREAM/00001.m2ts', stream],
      ['BDMV/STREAM/00002.m2ts', stream],
    ]);
  }

  async function scanImage(image: Buffer): Promise<BlurayScan | DiscflowError> {
    await file.write(image, 0, image.length, 0);
    await truncate(path, image.length);
    try {
      const medium = await openMedium(path);
      try {
        return BlurayScan.parse(await scanBluray(medium));
      } finally {
        await medium.close();
      }
    } catch (error) {
      if (error instanceof DiscflowError) return error;
      throw error;
    }
  }

  /** The sectors that hold anything but empty packets. */
  function interestingSectors(): number[] {
    const sectors = Array.from({ length: seed.length / SECTOR_BYTES }, (_, index) => index);
    return sectors.filter((index) =>
      seed
        .subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES)
        .some((byte) => byte !== 0 && byte !== 0x47),
    );
  }

  it('has a seed that is sound', async () => {
    const scan = await scanImage(seed);
    assert.ok(!(scan instanceof DiscflowError), String(scan));
    assert.deepEqual([scan.titles.length, scan.titles[0]?.angles, scan.name], [1, 2, 'Fuzz']);
    assert.deepEqual(scan.damaged, []);
  });

  it(`ends in a scan or a typed error, in time, for ${imageMutants} mutants`, async function () {
    this.timeout(120_000);
    const sectors = interestingSectors();
    const outcomes = { scans: 0, errors: 0 };
    const property = fc.asyncProperty(mutations, keep, async (list, share) => {
      const image = Buffer.from(seed);
      for (const each of list) {
        const place = each.where * sectors.length;
        // Structures are short: most of the interest is at the start of a sector.
        const offset = Math.floor((place % 1) ** 3 * (SECTOR_BYTES - 64));
        mutateAt(image, (sectors[Math.floor(place)] ?? 0) * SECTOR_BYTES + offset, each);
      }
      const start = performance.now();
      const outcome = await scanImage(image.subarray(0, Math.ceil(image.length * share)));
      assert.ok(performance.now() - start < millisecondsPerMutant, 'took too long');
      outcomes[outcome instanceof DiscflowError ? 'errors' : 'scans']++;
    });
    await fc.assert(property, { numRuns: imageMutants, seed: 20, endOnFailure: true });
    assert.ok(outcomes.scans > imageMutants / 10 && outcomes.errors > imageMutants / 20);
  });
});
