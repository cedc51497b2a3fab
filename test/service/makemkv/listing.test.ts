import assert from 'node:assert/strict';
import { joinTitles } from '../../../service/makemkv/join-titles.ts';
import { listedScan } from '../../../service/makemkv/listed-scan.ts';
import {
  ListingBuilder,
  type MakeMkvListing,
  numberOfSource,
} from '../../../service/makemkv/listing.ts';
import { titlesOfFiles } from '../../../service/makemkv/output-files.ts';
import { choosePasses } from '../../../service/makemkv/plan-passes.ts';
import { createRobotParser } from '../../../service/makemkv/robot-parser.ts';
import type { WantedTitle } from '../../../service/rip/wanted-title.ts';
import { ListedScan } from '../../../service/scan/record.ts';
import { scannedTitle } from '../rip/scanned.ts';
import { capturesOrSkip } from './captures.ts';

function listingOf(text: string | Uint8Array): MakeMkvListing {
  const builder = new ListingBuilder();
  const parser = createRobotParser((record) => builder.take(record));
  parser.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  parser.end();
  return builder.build();
}

const unread = {
  source: '/dev/sr0',
  label: '',
  fingerprint: null,
  bytes: 0,
  encryption: null,
  damaged: 'The structure is damaged.',
};

/** Titles with a DVD number, a suggested name and a size, and messages as in real output. */
function dvd(titles: [number: number, name: string, bytes: number][], messages = ''): string {
  const rows = titles.map(
    ([number, name, bytes], index) =>
      `TINFO:${index},9,0,"0:22:00"\nTINFO:${index},11,0,"${bytes}"\n` +
      `TINFO:${index},24,0,"${String(number).padStart(2, '0')}"\nTINFO:${index},27,0,"${name}"\n`,
  );
  return `${messages}TCOUNT:${titles.length}\nCINFO:1,6206,"DVD disc"\n${rows.join('')}`;
}

function wanted(...numbers: number[]): WantedTitle[] {
  return numbers.map((number) => ({
    id: `t0${number}`,
    title: scannedTitle({ number }),
    file: `/staging/t0${number}.mkv`,
  }));
}

describe('what MakeMKV says of a disc', () => {
  it('makes no endless lists of what a hostile disc counts', () => {
    const clips = Array.from({ length: 5000 }, () => '1-99999').join(',');
    const { titles } = listingOf(
      `TINFO:0,8,0,"4294967296"\nTINFO:0,16,0,"00001.mpls"\nTINFO:0,26,0,"7,9-8,${clips}"\n`,
    );
    assert.deepEqual([titles[0]?.chapters, titles[0]?.clips?.length], [2000, 2000]);
    assert.deepEqual(titles[0]?.clips?.slice(0, 4), ['00007', '00009', '00001', '00002']);
  });

  const sources: [string, number | null][] = [
    ['03', 3],
    ['#04', 4],
    ['1/1', 1],
    ['00113.mpls', 113],
    ['00000.mpls(1)', 0],
    ['00079.m2ts', 100_079],
    ['', null],
    ['title', null],
  ];
  for (const [source, number] of sources)
    it(`gives the source "${source}" our number ${number}`, () =>
      assert.equal(numberOfSource(source), number));

  it('finds wanted titles by number, duplicates by what they repeat, and says why others are missing', () => {
    const listing = listingOf(
      dvd(
        [
          [1, 'title_t00.mkv', 1e9],
          [3, 'title_t01.mkv', 2e9],
        ],
        'MSG:3027,0,3,"","","3","#03","#04"\nMSG:3025,0,3,"","","5","7","10"\n',
      ),
    );
    const { titles, missing } = joinTitles(wanted(3, 4, 5, 6), { listing, readErrors: 0 });
    assert.deepEqual(
      titles.map(({ title, wanted: ours }) => [title.index, ...ours.map(({ id }) => id)]),
      [[1, 't03', 't04']],
    );
    assert.deepEqual(
      missing.map(({ wanted: { id }, reason }) => [id, reason]),
      [
        ['t05', 'it is shorter than 10 s'],
        ['t06', 'it takes the title for empty, or for a copy of another'],
      ],
    );
  });

  it('blames read errors for titles that are missing without a word', () => {
    const listing = listingOf(dvd([[1, 'title_t00.mkv', 1e9]]));
    const { missing } = joinTitles(wanted(2), { listing, readErrors: 3 });
    assert.match(missing[0]?.reason ?? '', /failed 3 times, which hides titles/);
  });

  describe('files as titles', () => {
    const { titles } = listingOf(
      dvd([
        [1, 'A1_t00.mkv', 1],
        [2, 'D1_t02.mkv', 1],
        [3, 'D1_t05.mkv', 1],
      ]),
    );
    const named = (files: string[]) =>
      [...titlesOfFiles(files, titles)].map(([file, { index }]) => `${file} ${index}`);

    it('goes by the suggested name, even when its number is another', () => {
      assert.deepEqual(named(['D1_t05.mkv', 'A1_t00.mkv', 'D1_t02.mkv']), [
        'D1_t05.mkv 2',
        'A1_t00.mkv 0',
        'D1_t02.mkv 1',
      ]);
    });

    it('goes by the number at the end of another name, and never by place', () => {
      assert.deepEqual(named(['other_t01.mkv', 'notes.txt', 'title.mkv']), ['other_t01.mkv 1']);
    });

    it('leaves out what could be two', () => {
      assert.deepEqual(named(['a_t01.mkv', 'b_t01.mkv', 'D1_t02.mkv']), []);
    });
  });

  describe('one pass or many', () => {
    const plan = (
      rows: [number, string, number][],
      numbers: number[],
      kind: 'play-all' | 'decoy' | null = null,
    ) => {
      const listing = listingOf(dvd(rows));
      const { titles } = joinTitles(wanted(...numbers), { listing, readErrors: 0 });
      const relation = kind && { kind, of: numbers };
      const scan = { kind: 'dvd' as const, titles: [scannedTitle({ number: 9, relation })] };
      return choosePasses({ scan, listing, titles, openMilliseconds: 60_000 });
    };
    const small: [number, string, number][] = [
      [1, 'a_t00.mkv', 1e9],
      [2, 'b_t01.mkv', 1e9],
      [9, 'c_t02.mkv', 4e8],
    ];

    it('is one pass where the rest costs less than opening the disc again', () => {
      assert.equal(plan(small, [1, 2]), 'all');
    });
    it('is many where the rest costs more', () => {
      assert.equal(plan([...small, [7, 'd_t03.mkv', 4e9]], [1, 2]), 'single');
    });
    it('is many for a single title, and where names are the same', () => {
      assert.equal(plan(small, [1]), 'single');
      assert.equal(
        plan(
          small.map(([number, , bytes]) => [number, 'title.mkv', bytes]),
          [1, 2],
        ),
        'single',
      );
    });
    for (const kind of ['play-all', 'decoy'] as const)
      it(`is many where one pass would rip a ${kind}`, () => {
        assert.equal(plan(small, [1, 2], kind), 'single');
      });
  });

  describe('in real output', () => {
    it('is a scan record for every disc, with exact bytes, angles joined and languages as ours', async function () {
      const captures = await capturesOrSkip(this);
      const scanOf = (start: string) => {
        const capture = captures.find(({ name }) => name.startsWith(start));
        assert.ok(capture);
        return ListedScan.parse(listedScan(listingOf(capture.bytes), unread));
      };
      const film = scanOf('02');
      assert.deepEqual([film.kind, film.label, film.name], ['bluray', 'DEMO_MOVIE', 'Demo Movie']);
      const angles = film.titles.find(({ number }) => number === 150);
      assert.equal(angles?.angles, 3);
      assert.equal(angles?.duration, 6457);
      assert.equal(angles?.clips?.[0], '00120');
      assert.ok(film.titles.some(({ number }) => number === 100_000));

      const series = scanOf('05');
      assert.deepEqual(series.titles.map(({ number }) => number).slice(0, 5), [1, 2, 3, 5, 6]);
      assert.equal(series.kind, 'dvd');
      const listing = listingOf(captures.find(({ name }) => name.startsWith('05'))?.bytes ?? '');
      assert.equal(listing.duplicates.get(4), 3);
      assert.equal(listing.duplicates.size, 10);

      const dvdFilm = scanOf('04').titles[0];
      assert.equal(dvdFilm?.bytes, 6_092_357_632);
      assert.deepEqual(
        dvdFilm?.audio
          .slice(0, 2)
          .map(({ codec, language, channels }) => [codec, language, channels]),
        [
          ['ac3', 'en', 6],
          ['ac3', 'fr', 2],
        ],
      );
      assert.equal(dvdFilm?.video.fps, 29.97);
      assert.equal(scanOf('07').kind, 'uhd');
    });
  });
});
