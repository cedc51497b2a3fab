import assert from 'node:assert/strict';
import { scanDvd } from '../../../service/scan/dvd/scan-dvd.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import type { DvdScan } from '../../../service/scan/record.ts';
import type { CellSpec, ChainSpec, TitleSetSpec } from './dvd/synthetic-ifo.ts';
import {
  discFiles,
  type Scratch,
  type SyntheticDisc,
  scratchFolder,
  writeDiscFolder,
} from './medium/synthetic-disc.ts';

const cell = (vob: number, first: number, seconds: number, category = 0): CellSpec => ({
  vob,
  cell: 1,
  first,
  last: first + 9,
  seconds,
  category,
});
const chain = (title: number, cells: CellSpec[], programs = [1]): ChainSpec => ({
  title,
  cells,
  programs,
});

describe('structure of a DVD', () => {
  let scratch: Scratch;
  before(async () => {
    scratch = await scratchFolder();
  });
  after(() => scratch.remove());

  async function scanFiles(files: ReadonlyMap<string, Buffer>): Promise<DvdScan> {
    const { path, remove } = await scratchFolder();
    const medium = await openMedium(await writeDiscFolder(path, 'DISC', files));
    try {
      return await scanDvd(medium);
    } finally {
      await medium.close();
      await remove();
    }
  }

  /** A disc with one title set whose titles are numbered alike. */
  function scanSet(set: TitleSetSpec, sectors = 100): Promise<DvdScan> {
    const titles = set.titles.map((_, index): [number, number] => [1, index + 1]);
    return scanFiles(discFiles({ titles, sets: [{ ...set, sectors }] }));
  }

  describe('titles', () => {
    it('take only the first angle and say how many there are', async () => {
      const [first, middle, last] = [0x5c, 0x9c, 0xdc];
      const { titles } = await scanSet({
        titles: [
          [
            [1, 1],
            [1, 2],
          ],
        ],
        chains: [
          chain(
            1,
            [
              cell(1, 0, 10),
              cell(2, 10, 20, first),
              cell(3, 10, 20, middle),
              cell(4, 10, 20, last),
              cell(5, 40, 30),
            ],
            [1, 5],
          ),
        ],
      });
      const [title] = titles;
      assert.equal(title?.angles, 3);
      assert.equal(title?.duration, 60);
      assert.deepEqual(title?.chapters, [0, 30]);
      assert.deepEqual(
        title?.cells.map(({ key, interleaved }) => [key, interleaved]),
        [
          ['1:1.1', false],
          ['1:2.1', true],
          ['1:5.1', false],
        ],
      );
    });

    it('know two angle blocks in a row', async () => {
      const { titles } = await scanSet({
        titles: [[[1, 1]]],
        chains: [
          chain(
            1,
            [0x50, 0xd0, 0x50, 0xd0].map((category, index) => cell(index + 1, 0, 5, category)),
          ),
        ],
      });
      assert.equal(titles[0]?.angles, 2);
      assert.deepEqual(
        titles[0]?.cells.map(({ key }) => key),
        ['1:1.1', '1:3.1'],
      );
    });

    it('play several chains one after the other', async () => {
      const { titles } = await scanSet({
        titles: [
          [
            [1, 1],
            [2, 1],
            [2, 2],
          ],
        ],
        chains: [chain(1, [cell(1, 0, 10)]), chain(1, [cell(2, 10, 20), cell(3, 20, 5)], [1, 2])],
      });
      assert.deepEqual(titles[0]?.chapters, [0, 10, 30]);
      assert.equal(titles[0]?.duration, 35);
      assert.equal(titles[0]?.cells.length, 3);
    });

    it('count their first chain where the chapters jump to and fro', async () => {
      const { titles } = await scanSet({
        titles: [
          [
            [1, 1],
            [2, 1],
            [1, 1],
          ],
        ],
        chains: [chain(1, [cell(1, 0, 10)]), chain(1, [cell(2, 10, 20)])],
      });
      assert.deepEqual(titles[0]?.chapters, [0]);
      assert.equal(titles[0]?.duration, 10);
    });

    it('count their first chain where another belongs to a different title', async () => {
      const marks: [number, number][] = [
        [1, 1],
        [2, 1],
      ];
      const { titles } = await scanSet({
        titles: [marks],
        chains: [chain(1, [cell(1, 0, 10)]), chain(2, [cell(2, 10, 20)])],
      });
      assert.equal(titles[0]?.duration, 10);
    });

    it('may be empty', async () => {
      const { titles } = await scanSet({ titles: [[[1, 1]]], chains: [chain(1, [], [])] });
      assert.equal(titles[0]?.duration, 0);
      assert.deepEqual(titles[0]?.cells, []);
    });
  });

  describe('streams', () => {
    const dts = [0xc4, 5, 0x64, 0x65, 0, 0, 0, 0];
    const commentary = [0x04, 1, 0x69, 0x77, 0, 3, 0, 0];
    const lpcm = [0x80, 1, 0, 0, 0, 2, 0, 0];
    const mpeg = [0x44, 1, 0x66, 0x72, 0, 1, 0, 0];
    const subtitle = (kind: number) => [1, 0, 0x65, 0x6e, 0, kind];
    const streams = {
      audio: [dts, commentary, lpcm, mpeg],
      subtitles: [subtitle(0), subtitle(5), subtitle(9), subtitle(13)],
    };
    const controls = {
      audioControl: [0x8000, 0x8200, 0x0000, 0x8100],
      subtitleControl: [0x80010203, 0x83020100, 0, 0x85060708],
    };

    it('are those that the chain plays, with codec, language and kind', async () => {
      const { titles } = await scanSet({
        ...streams,
        titles: [[[1, 1]]],
        chains: [{ ...chain(1, [cell(1, 0, 10)]), ...controls }],
      });
      assert.deepEqual(titles[0]?.audio, [
        { codec: 'dts', language: 'de', channels: 6, kind: 'normal', streamId: 0x88 },
        { codec: 'ac3', language: 'he', channels: 2, kind: 'commentary', streamId: 0x82 },
        { codec: 'mpeg', language: 'fr', channels: 2, kind: 'normal', streamId: 0xc1 },
      ]);
    });

    const cases: [string, [number, number], string, [string, number][]][] = [
      [
        'in wide',
        [0x5c, 0],
        '720x576 16:9 pal',
        [
          ['normal', 0x21],
          ['captions', 0x22],
          ['commentary', 0x26],
        ],
      ],
      [
        'in 4:3',
        [0x40, 0x0c],
        '352x240 4:3 ntsc',
        [
          ['normal', 0x20],
          ['captions', 0x23],
          ['commentary', 0x25],
        ],
      ],
    ];
    for (const [name, video, picture, subtitles] of cases)
      it(`of subtitles have the numbers for a picture ${name}`, async () => {
        const { titles } = await scanSet({
          ...streams,
          video,
          titles: [[[1, 1]]],
          chains: [{ ...chain(1, [cell(1, 0, 10)]), ...controls }],
        });
        const [title] = titles;
        assert.deepEqual(
          title?.subtitles.map(({ kind, streamId }) => [kind, streamId]),
          subtitles,
        );
        const seen = `${title?.video.width}x${title?.video.height} ${title?.video.aspect} ${title?.standard}`;
        assert.equal(seen, picture);
      });
  });

  describe('damage', () => {
    const disc: SyntheticDisc = {
      titles: [
        [1, 1],
        [1, 2],
        [2, 1],
      ],
      sets: [
        {
          titles: [[[1, 1]], [[2, 1]]],
          chains: [chain(1, [cell(1, 0, 10)]), chain(2, [cell(2, 10, 20)])],
          sectors: 100,
        },
        { titles: [[[1, 1]]], chains: [chain(1, [cell(1, 0, 10)])], sectors: 100 },
      ],
    };
    const numbers = ({ titles }: DvdScan) => titles.map(({ number }) => number);
    const zeros = Buffer.alloc(4096);

    for (const name of ['VIDEO_TS', 'VTS_02_0'])
      it(`of ${name}.IFO is made good by its backup`, async () => {
        const scan = await scanFiles(discFiles(disc).set(`${name}.IFO`, zeros));
        assert.deepEqual(numbers(scan), [1, 2, 3]);
        assert.deepEqual(scan.damaged, [`${name}.IFO is damaged; its backup is used`]);
      });

    it('of a missing IFO is made good by its backup', async () => {
      const files = discFiles(disc);
      files.delete('VTS_01_0.IFO');
      assert.deepEqual(numbers(await scanFiles(files)), [1, 2, 3]);
    });

    it('of one chain in the IFO makes the backup the better copy', async () => {
      const files = discFiles(disc);
      const ifo = Buffer.from(files.get('VTS_01_0.IFO') ?? '');
      ifo.writeUInt32BE(0x7fffffff, 2 * 2048 + 8 + 8 + 4);
      const scan = await scanFiles(files.set('VTS_01_0.IFO', ifo));
      assert.deepEqual(numbers(scan), [1, 2, 3]);
      assert.equal(scan.damaged.length, 1);
    });

    it('of one chain in both copies costs its title only', async () => {
      const files = discFiles(disc);
      const ifo = Buffer.from(files.get('VTS_01_0.IFO') ?? '');
      ifo.writeUInt32BE(0x7fffffff, 2 * 2048 + 8 + 8 + 4);
      const scan = await scanFiles(files.set('VTS_01_0.IFO', ifo).set('VTS_01_0.BUP', ifo));
      assert.deepEqual(numbers(scan), [1, 3]);
      assert.match(scan.damaged.join(), /^Title 2 cannot be read/);
    });

    it('of a whole title set costs its titles only', async () => {
      const files = discFiles(disc).set('VTS_01_0.IFO', zeros).set('VTS_01_0.BUP', zeros);
      const scan = await scanFiles(files);
      assert.deepEqual(numbers(scan), [3]);
      assert.match(scan.damaged[0] ?? '', /^Title set 1 cannot be read/);
    });

    it('of missing video costs the titles that need it', async () => {
      const files = discFiles(disc).set('VTS_01_1.VOB', Buffer.alloc(15 * 2048));
      const scan = await scanFiles(files);
      assert.deepEqual(numbers(scan), [1, 3]);
      assert.match(scan.damaged.join(), /Title 2 .* sector 19, where there are 15 sectors/);
    });

    it('of everything makes the disc unreadable', async () => {
      const files = discFiles(disc).set('VIDEO_TS.IFO', zeros).set('VIDEO_TS.BUP', zeros);
      await assert.rejects(scanFiles(files), { code: 'disc-unreadable' });
    });

    it('cannot be made to exhaust memory', async () => {
      const marks = Array.from({ length: 999 }, (_, at): [number, number] => [at + 1, 1]);
      const cells = Array.from({ length: 255 }, () => cell(1, 0, 1));
      const chains = marks.map(() => chain(1, cells));
      const titles = Array.from({ length: 99 }, () => marks);
      await assert.rejects(scanSet({ titles, chains }), { code: 'disc-unreadable' });
    });
  });
});
