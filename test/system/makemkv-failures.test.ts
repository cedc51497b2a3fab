import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { sampleDiscs } from '../service/identify/job-under-test.ts';
import {
  type FailureRow,
  failures,
  failuresPage,
  happen,
  IMPATIENT,
} from '../service/makemkv/failures.ts';
import { type StandInStation, standInStation } from '../service/makemkv/stand-in-station.ts';
import { tools } from '../service/rip/rip-disc.ts';

const page = new URL('../../docs/makemkv-failures.md', import.meta.url);

describe('when MakeMKV fails', function () {
  this.timeout(180_000);
  const rows: FailureRow[] = [];
  let station: StandInStation;
  let written: string[];
  before(async function () {
    if (!(await tools.find('mkvmerge'))) {
      console.log('skipped: needs mkvtoolnix');
      this.skip();
    }
    station = await standInStation({ disc: sampleDiscs.series, limits: IMPATIENT });
    written = (await readFile(page, 'utf8')).split('\n');
  });
  after(() => station?.end());

  const lineOf = (lines: readonly string[], { what }: FailureRow) =>
    lines.find((line) => line.startsWith(`| ${what} |`));

  for (const failure of failures)
    it(`is read as it is written down: ${failure.what}`, async () => {
      const row = await happen(station, failure);
      rows.push(row);
      assert.equal(lineOf(failuresPage([row]).split('\n'), row), lineOf(written, row));
      const { end, problem } = row;
      assert.equal(problem === null, end === 'complete');
      if (problem) assert.ok(problem.message && problem.hint, 'a cause and what to do');
    });

  it('has no other rows in its table', () => {
    if (rows.length < failures.length) return;
    assert.equal(failuresPage(rows), written.join('\n'), 'run npm run docs:failures');
  });
});
