import assert from 'node:assert/strict';
import type { TitleRole } from '../../../service/contract/title.ts';
import { structureOf } from '../../../service/identify/structure/structure.ts';
import { factsOfScanned } from '../../../service/identify/structure/title-facts.ts';
import { titlesOf } from '../../../service/identify/titles.ts';
import type { DvdScan } from '../../../service/scan/record.ts';
import { scannedTitle } from '../rip/scanned.ts';

function rolesBeside(described: [number, TitleRole][]): Record<number, TitleRole> {
  const scan: DvdScan = {
    v: 1,
    structure: 'ifo',
    kind: 'dvd',
    source: '/dev/sr0',
    label: 'LONG_MERIDIAN',
    name: null,
    fingerprint: '0'.repeat(32),
    globalId: null,
    bytes: 4e9,
    encryption: null,
    titles: [
      scannedTitle({ number: 1, duration: 7200, bytes: 4e9 }),
      scannedTitle({ number: 2, duration: 130, bytes: 7e7 }),
    ],
    unreadable: [],
    damaged: [],
  };
  const structure = structureOf(scan.titles.map(factsOfScanned));
  const sources = { scan, structure, kind: 'movie' as const, set: {}, before: [] };
  const titles = titlesOf({ ...sources, described: new Map(described) });
  return Object.fromEntries(titles.map(({ number, role }) => [number, role]));
}

describe('the titles of a job', () => {
  const cases: [entry: string, described: [number, TitleRole][], roles: Record<number, string>][] =
    [
      ['nothing', [], { 1: 'main', 2: 'extra' }],
      ['the trailer alone', [[2, 'trailer']], { 1: 'main', 2: 'trailer' }],
      ['the film', [[2, 'main']], { 1: 'extra', 2: 'main' }],
    ];
  for (const [entry, described, roles] of cases)
    it(`have the roles of the structure beside an entry that describes ${entry}`, () => {
      assert.deepEqual(rolesBeside(described), roles);
    });
});
