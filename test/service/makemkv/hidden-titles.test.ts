import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createDriveBus } from '../../../service/makemkv/drive-bus.ts';
import { createMakeMkv } from '../../../service/makemkv/makemkv.ts';
import { createToolFinder } from '../../../service/tools/find.ts';
import { createToolRunner } from '../../../service/tools/run.ts';
import { sampleDiscs } from '../identify/job-under-test.ts';
import { scanOf } from '../rip/rip-disc.ts';

const readError =
  'MSG:2003,0,3,"","","Scsi error - MEDIUM ERROR:L-EC UNCORRECTABLE ERROR","/VIDEO_TS/VTS_01_1.VOB","9979904"';
const title = (index: number, number: string) =>
  [
    `TINFO:${index},9,0,"0:03:00"`,
    `TINFO:${index},24,0,"${number}"`,
    `TINFO:${index},27,0,"title_t0${index}.mkv"`,
  ].join('\n');
const opened = 'MSG:5011,0,0,"",""';

describe('titles that read errors hide while MakeMKV looks at a disc', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hidden-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** How many of titles 1 and 2 MakeMKV does not offer, when it says these lines at its first and its next look. */
  async function missing(first: string[], next: string[]): Promise<number> {
    const program = join(folder, 'makemkvcon');
    await writeFile(join(folder, 'first'), `${first.join('\n')}\n`);
    await writeFile(join(folder, 'next'), `${next.join('\n')}\n`);
    await writeFile(
      program,
      `#!/bin/sh\ncd '${folder}'\ncat "$(ls first next 2>/dev/null | head -1)"\nrm -f first\n`,
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
    const scan = await scanOf(sampleDiscs.series);
    const wanted = scan.titles
      .filter(({ number }) => number <= 2)
      .map((each) => ({ id: `t0${each.number}`, title: each, file: join(folder, 'x.mkv') }));
    const { signal } = new AbortController();
    const options = { scan, wanted, tracks: undefined, workFolder: folder, signal };
    return (await makemkv.backend(options)).missing;
  }

  const partial = [readError, opened, 'TCOUNT:1', title(0, '01')];
  const whole = [opened, 'TCOUNT:2', title(0, '01'), title(1, '02')];

  it('wait for the disc when it is taken out meanwhile', async () => {
    const trayOpen = readError.replace(
      'MEDIUM ERROR:L-EC UNCORRECTABLE ERROR',
      'NOT READY:MEDIUM NOT PRESENT - TRAY OPEN',
    );
    const said = [trayOpen, 'MSG:5010,0,0,"",""', 'TCOUNT:0'];
    await assert.rejects(missing(said, said), { code: 'disc-removed' });
  });

  it('are looked for once more', async () => {
    assert.equal(await missing(partial, whole), 0);
  });

  it('are missing when they stay hidden', async () => {
    assert.equal(await missing(partial, partial), 1);
  });

  it('are no reason to look again where nothing went wrong', async () => {
    assert.equal(await missing([opened, 'TCOUNT:1', title(0, '01')], whole), 1);
  });
});
