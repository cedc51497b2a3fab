import assert from 'node:assert/strict';
import { type SectorRun, sectorRuns } from '../../../../service/rip/dvd/sector-runs.ts';
import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import type { Cell } from '../../../../service/scan/record.ts';
import { makeNavPack, makePack } from './made-packs.ts';

/** VOBUs of two angles (VOBs 1 and 2) in turn: three sectors of the first, two of the second. */
function interleaved(rounds: number): Buffer[] {
  return Array.from({ length: rounds }, (_, round) => {
    const last = round === rounds - 1;
    return [...vobu(1, 3, last ? null : 5), ...vobu(2, 2, last ? null : 5)];
  }).flat();
}

function vobu(vob: number, sectors: number, next: number | null): Buffer[] {
  const film = Array.from({ length: sectors - 1 }, () => makePack({ stream: 0xe0, fill: vob }));
  return [makeNavPack({ start: 0, end: 45_000, vob, cell: 1, sectors, next }), ...film];
}

function titleSet(packs: readonly Buffer[]) {
  return {
    number: 1,
    sectors: packs.length,
    async read(first: number, count: number, into: Buffer) {
      const part = packs.slice(first, first + count);
      Buffer.concat(part).copy(into, 0, 0, count * SECTOR_BYTES);
    },
  };
}

async function runsOf(packs: readonly Buffer[], cell: Partial<Cell>): Promise<SectorRun[]> {
  const whole = { key: '1:1.1', firstSector: 0, lastSector: 17, duration: 1, interleaved: true };
  const runs: SectorRun[] = [];
  for await (const run of sectorRuns(titleSet(packs), { ...whole, ...cell })) runs.push(run);
  return runs;
}

describe('the sectors of a cell', () => {
  it('follow one another in a plain cell', async () => {
    assert.deepEqual(await runsOf([], { firstSector: 40, lastSector: 99, interleaved: false }), [
      { first: 40, count: 60 },
    ]);
  });

  it('are those of its own angle in an interleaved one', async () => {
    assert.deepEqual(await runsOf(interleaved(4), {}), [
      { first: 0, count: 3 },
      { first: 5, count: 3 },
      { first: 10, count: 3 },
      { first: 15, count: 3 },
    ]);
  });

  it('can be those of the second angle', async () => {
    const runs = await runsOf(interleaved(2), { key: '1:2.1', firstSector: 3, lastSector: 9 });
    assert.deepEqual(runs, [
      { first: 3, count: 2 },
      { first: 8, count: 2 },
    ]);
  });

  const broken: { name: string; change: (packs: Buffer[]) => void }[] = [
    { name: 'leads into the other angle', change: (packs) => packs.splice(5, 0, ...vobu(2, 2, 3)) },
    { name: 'leads to a pack that is no navigation pack', change: (packs) => packs.splice(5, 1) },
    { name: 'ends early', change: (packs) => packs.splice(5, 3, ...vobu(1, 3, null)) },
    { name: 'leads into itself', change: (packs) => packs.splice(5, 3, ...vobu(1, 3, 1)) },
    { name: 'leads backwards', change: (packs) => packs.splice(5, 3, ...vobu(1, 3, 0)) },
    { name: 'leads beyond the cell', change: (packs) => packs.splice(15, 3, ...vobu(1, 3, 5)) },
  ];
  for (const { name, change } of broken)
    it(`are refused when the chain ${name}`, async () => {
      const packs = interleaved(4);
      change(packs);
      await assert.rejects(runsOf(packs, {}), { code: 'angles-unsupported' });
    });
});
