import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createDriveBus } from '../../../service/makemkv/drive-bus.ts';
import { createMakeMkv } from '../../../service/makemkv/makemkv.ts';
import { createToolFinder } from '../../../service/tools/find.ts';
import { createToolRunner } from '../../../service/tools/run.ts';
import { sampleDiscs } from '../identify/job-under-test.ts';
import { jobFor, ripDisc, scanOf } from '../rip/rip-disc.ts';

const found = (number: number) => `MSG:3028,0,3,"","","${number}","5","0:03:00"`;
const title = (index: number, number: number) =>
  `TINFO:${index},9,0,"0:03:00"\nTINFO:${index},24,0,"0${number}"\nTINFO:${index},27,0,"title_t0${index}.mkv"`;

describe('titles whose index shifts between two runs of MakeMKV', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shifted-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are not saved at all: the same index would be another title', async () => {
    const program = join(folder, 'makemkvcon');
    const info = [found(1), found(2), found(3), 'TCOUNT:3', title(0, 1), title(1, 2), title(2, 3)];
    const mkv = [found(1), found(3), 'PRGT:5024,0,""', 'MSG:5014,0,2,"","","1","x"'];
    await writeFile(
      program,
      `#!/bin/sh
case "$*" in
*' info '*) cat <<'END'
${info.join('\n')}
END
;;
*) cat <<'END'
${mkv.join('\n')}
END
sleep 1; for last; do :; done; echo film > "$last/title_t01.mkv"; sleep 60 ;;
esac
`,
    );
    await chmod(program, 0o755);
    const run = createToolRunner();
    const { find, locate } = createToolFinder({ run, configured: { makemkvcon: program } });
    const makemkv = createMakeMkv({
      ...{ find, locate, run, enabled: true, minLength: 1, mode: 'mkv' },
      home: join(folder, 'home'),
      bus: createDriveBus(),
      log: pino({ level: 'silent' }),
    });
    const scan = { ...(await scanOf(sampleDiscs.series)), encryption: 'css' as const };
    const staging = join(folder, 'staging');
    await mkdir(staging);
    const job = jobFor(scan, [2]);
    const ripped = await ripDisc({ job, staging, makemkv, scanDisc: async () => scan });
    assert.ok(ripped.result.end === 'failed');
    assert.equal(ripped.result.transient, true);
    assert.match(ripped.result.problem.message, /other titles on the disc than a moment before/);
    assert.deepEqual(await readdir(ripped.folder), []);
    assert.equal(ripped.job.titles.find(({ wanted }) => wanted)?.state, 'pending');
  }).timeout(20_000);
});
