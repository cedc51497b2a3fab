import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUpDisc } from '../../../service/makemkv/back-up-disc.ts';
import { createDriveBus } from '../../../service/makemkv/drive-bus.ts';
import type { Medium } from '../../../service/scan/medium/medium.ts';
import { createToolRunner } from '../../../service/tools/run.ts';
import { sampleDiscs } from '../identify/job-under-test.ts';
import { QUICK, type StandInStation, standInStation } from './stand-in-station.ts';

/** A drive that is an image in truth. */
const inDrive = (medium: Medium): Medium => ({ ...medium, origin: 'device' });

describe('copying a whole disc through MakeMKV', function () {
  this.timeout(120_000);

  describe('and ripping the copy', () => {
    let station: StandInStation;
    beforeEach(async () => {
      station = await standInStation({ disc: sampleDiscs.series, mode: 'backup' });
    });
    afterEach(() => station.end());

    it('finds the drive by its path, and makes the titles as from an open disc', async () => {
      const drives = [{ device: '/dev/sr7', state: 'empty' as const }, { device: station.image }];
      const ripped = await station.rip([1, 2], { drives }, { wrap: inDrive });
      assert.deepEqual(ripped.result, { end: 'done' });
      assert.deepEqual((await readdir(ripped.folder)).sort(), ['t01.mkv', 't02.mkv']);
      const { bytesDone, bytesTotal } = ripped.progress.at(-1) ?? {};
      assert.ok((bytesDone ?? 0) > 0.9 * (bytesTotal ?? 0), `${bytesDone} of ${bytesTotal}`);
    });

    it('reads nothing when MakeMKV does not see the drive', async () => {
      const drives = [{ device: '/dev/sr7' }];
      const { result } = await station.rip([1], { drives }, { wrap: inDrive });
      assert.ok(result.end === 'failed');
      assert.equal(result.problem.code, 'drive-unavailable');
    });

    it('lets MakeMKV save the titles of an image, which it cannot copy', async () => {
      const ripped = await station.rip([1]);
      assert.deepEqual(await readdir(ripped.folder), ['t01.mkv']);
    });
  });

  describe('by what it says', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'backup-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const row = (device: string) => `DRV:0,2,999,12,"BD-RE X","FILM","${device}"`;
    const opening = 'PRGT:3404,0,"Opening Blu-ray disc"';
    const copying = ['PRGT:5047,0,"Copying all files"', 'PRGV:65536,65522,65536'];
    /** The form is real (a capture shows 5070 and 5081); the failures are made up. */
    const done = ['MSG:5070,128,0,"",""', 'MSG:5081,260,0,"",""'];

    /** A program that tells of one drive when asked for all, and says these lines when it copies. */
    async function backUp(lines: string[]) {
      const path = join(folder, 'makemkvcon');
      const said = (text: string[]) => `cat <<'END'\n${text.join('\n')}\nEND\n`;
      const probe = said([row('/dev/sr0'), 'MSG:5010,0,0,"",""', 'TCOUNT:0']);
      await writeFile(
        path,
        `#!/bin/sh\ncase "$*" in *disc:9999*) ${probe} ;; *) ${said(lines)} ;; esac\n`,
      );
      await chmod(path, 0o755);
      const run = createToolRunner();
      const program = { path, run, home: join(folder, 'home'), limits: QUICK };
      const { signal } = new AbortController();
      const shares: number[] = [];
      const backedUp = await backUpDisc(program, {
        device: '/dev/sr0',
        folder: join(folder, 'copy'),
        bus: createDriveBus(),
        signal,
        onShare: (share) => shares.push(share),
      });
      return { damaged: [...backedUp.damaged], shares };
    }

    it('is whole when that was said, and its progress counts only while files are copied', async () => {
      const early = ['PRGV:65536,65536,65536', row('/dev/sr0'), opening, 'PRGV:1,60000,65536'];
      const { damaged, shares } = await backUp([...early, ...copying, ...done]);
      assert.deepEqual(damaged, []);
      assert.deepEqual(shares, [65522 / 65536]);
    });

    it('names damaged files', async () => {
      const hash = 'MSG:5076,0,1,"","","00007.m2ts"';
      const end = 'MSG:5079,128,1,"","","1"';
      assert.deepEqual((await backUp([row('/dev/sr0'), opening, hash, end])).damaged, [
        '00007.M2TS',
      ]);
      assert.deepEqual((await backUp([row('/dev/sr0'), opening, end])).damaged, ['*']);
    });

    const failures: [what: string, lines: string[], code: string][] = [
      ['another drive got its number', [row('/dev/sr1'), opening, ...done], 'drive-busy'],
      ['it does not say which drive it reads', [opening, ...copying, ...done], 'drive-busy'],
      ['it said so', [row('/dev/sr0'), opening, 'MSG:5080,516,0,"",""'], 'read-error'],
      ['it said nothing', [row('/dev/sr0'), opening, ...copying], 'tool-failed'],
    ];
    for (const [what, lines, code] of failures)
      it(`has failed when ${what}`, () => assert.rejects(backUp(lines), { code }));
  });
});
