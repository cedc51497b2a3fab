import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { createToolFinder } from '../../service/tools/find.ts';
import { createToolRunner } from '../../service/tools/run.ts';
import { isInstalled, missingAuthoringPackages } from '../authoring/authoring-tools.ts';
import { type BuiltShow, builtShow } from '../bench/match-files/making/make-show.ts';
import { writeReferences } from '../bench/match-files/match-show.ts';
import { fileInWords } from '../bench/match-files/report.ts';
import { runFiles } from '../bench/match-files/run-files.ts';
import { smallShow, strangeShow } from '../bench/match-files/shows.ts';
import { usualReferences, variations } from '../bench/match-files/variations.ts';
import { offline } from '../offline.ts';

const tried = ['all of these at once', 'neighbours exchanged', 'all of another show'];
const run = createToolRunner();
const access = {
  ...{ run, find: createToolFinder({ run }).find },
  signal: new AbortController().signal,
};

describe('titles with real speech, VobSub and PGS', function () {
  this.timeout(300_000);
  let show: BuiltShow;
  let folder: string;

  before(async function () {
    const missing = await missingAuthoringPackages();
    if (!(await isInstalled('mkvmerge'))) missing.push('mkvtoolnix');
    if (missing.length > 0) {
      console.log(`skipped: titles cannot be made without ${missing.join(', ')}`);
      this.skip();
    }
    show = await builtShow(smallShow);
    folder = await mkdtemp(join(tmpdir(), 'discflow-real-files-'));
  });

  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('are filed as what they are, and never as something else, whatever the references', async () => {
    const chosen = variations.filter(({ name }) => tried.includes(name));
    assert.equal(chosen.length, tried.length);
    let accepted = 0;
    for await (const { row, judged } of runFiles([smallShow], chosen, {
      other: strangeShow,
      access,
    })) {
      const told = `${row.variation}\n${judged.map(fileInWords).join('\n')}`;
      assert.equal(row.wrong, 0, told);
      if (row.isGood) assert.equal(row.accepted, row.referenced, told);
      accepted += row.accepted;
    }
    assert.ok(accepted > 0);
  });

  it('are told by the command line, which says what it saw', async () => {
    const disc = show.discs.find(({ kind }) => kind === 'folder');
    assert.ok(disc);
    const other = await builtShow(strangeShow);
    await writeReferences(folder, show, { variation: usualReferences, other });
    const program = ['--import', 'tsx', 'service/main.ts', '--data', join(folder, 'data')];
    const args = ['match', join(show.folder, disc.path), '--references', folder];
    const { stdout } = await execa(process.execPath, [...program, ...args], { env: offline });
    assert.match(stdout, /title_t00\.mkv .*\n\s+S01E03 99 %\n\s+\d+ of \d+ subtitle times agree/);
    assert.match(stdout, /title_t01\.mkv .*\n\s+S01E04 99 %\n\s+.*voices/);
  });
});
