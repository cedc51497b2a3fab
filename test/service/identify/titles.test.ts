import assert from 'node:assert/strict';
import type { TitleRole } from '../../../service/contract/title.ts';
import { structureOf } from '../../../service/identify/structure/structure.ts';
import { factsOfScanned } from '../../../service/identify/structure/title-facts.ts';
import { titlesOf } from '../../../service/identify/titles.ts';
import type { DvdScan } from '../../../service/scan/record.ts';
import { findRelations } from '../../../service/scan/relations.ts';
import { scannedTitle } from '../rip/scanned.ts';
import { playlist } from '../scan/bluray-titles.ts';

const emptyScan = {
  v: 1 as const,
  source: '/dev/sr0',
  label: 'LONG_MERIDIAN',
  name: null,
  fingerprint: '0'.repeat(32),
  globalId: null,
  bytes: 4e9,
  encryption: null,
  unreadable: [],
  damaged: [],
};

function ordersOf(parts: readonly string[]): string[][] {
  if (parts.length <= 1) return [[...parts]];
  return parts.flatMap((part) =>
    ordersOf(parts.filter((other) => other !== part)).map((others) => [part, ...others]),
  );
}

function rolesBeside(described: [number, TitleRole][]): Record<number, TitleRole> {
  const scan: DvdScan = {
    ...emptyScan,
    structure: 'ifo',
    kind: 'dvd',
    titles: [
      scannedTitle({ number: 1, duration: 7200, bytes: 4e9 }),
      scannedTitle({ number: 2, duration: 130, bytes: 7e7 }),
    ],
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

  it('are no more than a job can keep, with the likeliest of what hides the film', () => {
    const parts = ['00001 0-1500', '00002 0-1600', '00003 0-1700', '00004 0-1800', '00005 0-900'];
    const orders = ordersOf(parts);
    const menus = Array.from({ length: 1100 }, (_, n) =>
      playlist(n, `${String(1000 + n).padStart(5, '0')} 0-${5 + n}`),
    );
    const titles = findRelations([...menus, ...orders.map((o, n) => playlist(3000 + n, ...o))]);
    const structure = structureOf(titles.map(factsOfScanned));
    const scan = { ...emptyScan, structure: 'mpls' as const, kind: 'bluray' as const, titles };
    const sources = { scan, structure, kind: 'movie' as const, set: {}, before: [] };
    const kept = titlesOf({ ...sources, described: new Map() });
    assert.equal(kept.length, 999);
    assert.equal(kept.filter(({ role }) => role === 'decoy').length, 99);
    assert.ok(kept.some(({ number }) => number === 1099));
  });
});
