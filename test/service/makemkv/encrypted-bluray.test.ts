import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { Medium } from '../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import type { DiscScan } from '../../../service/scan/record.ts';
import { scanDisc } from '../../../service/scan/scan-disc.ts';
import { authoredBlurayOrSkip } from '../../authoring/bluray/authored-bluray.ts';
import type { ScenarioInput } from '../../makemkv/scenario.ts';
import { jobFor } from '../rip/rip-disc.ts';
import { type StandInStation, standInStation } from './stand-in-station.ts';

async function scanOf(source: string): Promise<DiscScan> {
  const medium = await openMedium(source);
  return scanDisc(medium).finally(() => medium.close());
}

describe('an encrypted Blu-ray disc', function () {
  let image: string;
  let station: StandInStation;
  before(async function () {
    image = (await authoredBlurayOrSkip(this, 'protected')).images.metadata;
  });
  beforeEach(function () {
    this.timeout(120_000);
  });
  afterEach(() => station.end());
  this.timeout(120_000);

  async function rip(mode: 'mkv' | 'backup', wrap: (medium: Medium) => Medium) {
    station = await standInStation({ disc: image, mode });
    const scan = await scanOf(station.image);
    assert.equal(scan.encryption, 'aacs');
    const job = jobFor(
      scan,
      scan.titles.filter(({ relation }) => relation === null).map(({ number }) => number),
    );
    const scenario: ScenarioInput = { drives: [{ device: station.image }] };
    const ripped = await station.rip([], scenario, { job, wrap });
    const wanted = ripped.job.titles.filter((title) => title.wanted);
    return { ripped, wanted, files: (await readdir(ripped.folder)).sort() };
  }

  for (const [mode, wrap] of [
    ['mkv', (medium: Medium) => medium],
    ['backup', (medium: Medium): Medium => ({ ...medium, origin: 'device' })],
  ] as const)
    it(`is ripped by its playlists, in the mode ${mode}`, async () => {
      const { ripped, wanted, files } = await rip(mode, wrap);
      assert.deepEqual(ripped.result, { end: 'done' });
      assert.ok(wanted.length > 0);
      assert.deepEqual(files, wanted.map(({ id }) => `${id}.mkv`).sort());
    });
});
