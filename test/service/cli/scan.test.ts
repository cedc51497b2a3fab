import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { DiscAnalysis } from '../../../service/identify/structure/analysis.ts';
import { DiscScan } from '../../../service/scan/record.ts';
import { authoredBlurayOrSkip } from '../../authoring/bluray/authored-bluray.ts';
import { scrambleImage } from '../../authoring/disc-faults.ts';
import { discflow, discs, scratch } from './discflow.ts';

describe('discflow scan', () => {
  const folder = scratch();

  it('prints a table of the titles, and writes nothing', async () => {
    const { code, stdout, stderr } = await discflow([
      'scan',
      discs.series,
      '--data',
      folder.path(),
    ]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const lines = stdout.split('\n');
    assert.equal(lines[0], 'HARBOUR_LIGHTS_S1_D1  DVD, 5 titles, 14.5 MB');
    assert.equal(lines[1], 'encryption   none');
    assert.match(lines[2] ?? '', /^fingerprint {2}[0-9A-F]{32}$/);
    assert.match(
      lines[4] ?? '',
      /^looks like {3}a series \(9\d %\): one title plays 3 others in a row, as on a disc of a series$/,
    );
    assert.deepEqual(lines.slice(6, 9), [
      'TITLE  ROLE                 LENGTH  CHAPTERS     SIZE  VIDEO              AUDIO                     SUBTITLES',
      '    1  play-all of 2, 3, 4    7:56        12  13.1 MB  mpeg2 352×480 4:3  en ac3 mono, fr ac3 mono  en, fr',
      '    2  episode                2:35         4   4.3 MB  mpeg2 352×480 4:3  en ac3 mono, fr ac3 mono  en, fr',
    ]);
    assert.deepEqual(await readdir(folder.path()), []);
  });

  it('names the first few decoys of a title and counts the others', async function () {
    const { images } = await authoredBlurayOrSkip(this, 'hidden');
    const { stdout } = await discflow(['scan', images.bridge, '--data', folder.path()]);
    assert.match(stdout, /^ {2}800 {2}decoy of 801, 802, 803 and 8 more {2}/m);
  });

  it('prints the scan record and what it comes to as JSON', async () => {
    const { stdout } = await discflow(['scan', discs.film, '--json']);
    const scan = DiscScan.parse(JSON.parse(stdout));
    const { analysis } = z.object({ analysis: DiscAnalysis }).parse(JSON.parse(stdout));
    assert.deepEqual(
      analysis.titles.map(({ number, role }) => `${number} ${role}`),
      ['1 main', '2 extra'],
    );
    assert.equal(analysis.kinds[0]?.kind, 'movie');
    assert.deepEqual(
      scan.titles.map(({ number }) => number),
      [1, 2],
    );
  });

  it('shows what is on an encrypted disc, and that it is one', async () => {
    const image = folder.path('encrypted.iso');
    await scrambleImage({ image: discs.film, output: image });
    const { code, stdout } = await discflow(['scan', image]);
    assert.equal(code, 0);
    assert.match(stdout, /^encryption {3}CSS: Discflow cannot rip it without MakeMKV$/m);
    assert.match(stdout, /^ {4}1 {2}main /m);
  });

  it('refuses an empty name, which would mean the working directory', async () => {
    for (const name of ['', ' '])
      assert.deepEqual(await discflow(['scan', name]), {
        code: 1,
        stdout: '',
        stderr:
          '✗ The name of the disc is empty\n' +
          '  Name an .iso image, a folder with VIDEO_TS or BDMV, or a drive. A variable of the shell that is not set is empty, too.\n',
      });
  });

  it('says what is no disc', async () => {
    assert.deepEqual(await discflow(['scan', folder.path('missing.iso')]), {
      code: 1,
      stdout: '',
      stderr: `✗ There is no disc at ${folder.path('missing.iso')}.\n  Use an .iso image, a folder with VIDEO_TS or BDMV, or a drive.\n`,
    });
  });
});
