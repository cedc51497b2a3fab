import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Problem } from '../../../service/contract/problem.ts';
import { hideKeys } from '../../../service/makemkv/hide-keys.ts';
import { type KeyFile, watchKeyFile } from '../../../service/makemkv/key-file.ts';
import { kindOfKey, parseKey } from '../../../service/makemkv/key-form.ts';
import { putKeyIntoSettings, storedKey, storeKey } from '../../../service/makemkv/key-store.ts';
import { licenceMark } from '../../../service/makemkv/licence-mark.ts';
import { settingsFile } from '../../../service/makemkv/settings-file.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

const key = (letter: string, sign: string) => `${letter}-${sign.repeat(60)}`;
const [first, second] = [key('T', 'a'), key('M', 'b')];

describe('a key of MakeMKV', () => {
  for (const [text, kind] of [
    [`${first}\n`, 'beta'],
    [`\uFEFF  ${second}\r\n`, 'purchased'],
    [key('X', '@_='), 'other'],
  ] as const)
    it(`is taken without what is around it, and is ${kind}`, () => {
      const parsed = parseKey(text);
      assert.equal(parsed, text.replace(/[\s\uFEFF]/g, ''));
      assert.equal(kindOfKey(parsed), kind);
      assert.ok(!hideKeys(`it says ${parsed}.`).includes(parsed));
    });

  for (const text of ['', 'T-short', 'no key', `${first} ${second}`, `t${first.slice(1)}`, '"'])
    it(`is not ${JSON.stringify(text.slice(0, 12))}, and the answer does not repeat it`, () => {
      assert.throws(
        () => parseKey(text),
        (error: Error & { hint: string }) =>
          error.message === 'This is not a key of MakeMKV' &&
          /begins with "M-"/.test(error.hint) &&
          (text === '' || text === '"' || !`${error.message}${error.hint}`.includes(text)),
      );
    });
});

describe('the key of the service', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let home: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    home = join(folder.path, 'state', 'makemkv');
    await mkdir(dirname(home));
  });
  afterEach(() => folder.remove());
  const settings = () => readFile(settingsFile(home), 'utf8');

  it('is kept where nobody else can read it, and put into the settings of MakeMKV', async () => {
    assert.equal(await storedKey(home), null);
    assert.equal(await storeKey(home, first), true);
    assert.equal(await storeKey(home, first), false);
    assert.equal(await storedKey(home), first);
    assert.equal(await settings(), `app_Key = "${first}"\n`);
    for (const path of [home, dirname(settingsFile(home))])
      assert.equal((await stat(path)).mode & 0o077, 0, path);
    for (const path of [join(home, 'key'), settingsFile(home)])
      assert.equal((await stat(path)).mode & 0o777, 0o600, path);
  });

  it('leaves all other settings as they are', async () => {
    await mkdir(dirname(settingsFile(home)), { recursive: true });
    await writeFile(settingsFile(home), 'app_Java = "/usr/bin/java"\nio_RBufSizeMB = "64"\n');
    await storeKey(home, first);
    await storeKey(home, second);
    assert.equal(
      await settings(),
      `app_Java = "/usr/bin/java"\napp_Key = "${second}"\nio_RBufSizeMB = "64"\n`,
    );
  });

  it('is put back when MakeMKV has written over it', async () => {
    await storeKey(home, first);
    await writeFile(settingsFile(home), 'app_Java = ""\n');
    await putKeyIntoSettings(home);
    assert.match(await settings(), new RegExp(`app_Key = "${first}"`));
  });

  it('belongs to the user of the service also when an administrator enters it', async function () {
    if (process.getuid?.() !== 0) {
      console.log('skipped: only root can give files away');
      this.skip();
    }
    const { chown } = await import('node:fs/promises');
    await chown(dirname(home), 65_534, 65_534);
    await storeKey(home, first);
    for (const path of [home, join(home, 'key'), settingsFile(home)])
      assert.equal((await stat(path)).uid, 65_534, path);
  });

  it('changes the mark of the licence, as another program does, and is not in it', async () => {
    const program = join(folder.path, 'makemkvcon');
    await writeFile(program, 'old');
    const mark = () => licenceMark({ home, program });
    const marks = [await licenceMark({ home, program: null }), await mark()];
    await storeKey(home, first);
    marks.push(await mark());
    assert.equal(await mark(), marks.at(-1));
    await storeKey(home, second);
    marks.push(await mark());
    await writeFile(program, 'newer');
    marks.push(await mark());
    assert.equal(new Set(marks).size, marks.length);
    assert.ok(!marks.join().includes('aaaa') && !marks.join().includes('bbbb'));
  });

  describe('in a secret file', () => {
    let watch: KeyFile;
    let file: string;
    let keys: number;
    let problems: (Problem | null)[];
    beforeEach(() => {
      file = join(folder.path, 'secret');
      [keys, problems] = [0, []];
      watch = watchAgain();
    });
    afterEach(() => watch.stop());
    const watchAgain = () =>
      watchKeyFile({
        ...{ home, file, lookMs: 20 },
        onKey: () => {
          keys++;
        },
        onProblem: (problem) => problems.push(problem),
      });
    async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
      for (const end = Date.now() + 5000; !(await holds()); await sleep(10))
        assert.ok(Date.now() < end, 'it did not come');
    }

    it('is taken over at the start and at every change', async () => {
      await writeFile(file, `${first}\n`);
      await watch.start();
      assert.equal(await storedKey(home), first);
      await writeFile(file, second);
      await until(async () => (await storedKey(home)) === second);
      await until(() => keys === 2);
    });

    it('may come later', async () => {
      await watch.start();
      assert.deepEqual([await storedKey(home), problems], [null, [null]]);
      await writeFile(file, first);
      await until(() => keys === 1);
    });

    it('does not replace a key that was entered by hand after it', async () => {
      await writeFile(file, first);
      await watch.start();
      await watch.stop();
      await storeKey(home, second);
      watch = watchAgain();
      await watch.start();
      assert.equal(await storedKey(home), second);
      assert.equal(keys, 1);
    });

    for (const [what, make] of [
      ['a folder', () => mkdir(file)],
      ['a pipe', () => execa('mkfifo', [file])],
      ['a device without an end', () => symlink('/dev/zero', file)],
      ['a huge file', () => writeFile(file, '').then(() => truncate(file, 1e9))],
    ] as const)
      it(`is told of when it is ${what}, and holds nothing up`, async () => {
        await make();
        await watch.start();
        assert.equal(problems[0]?.code, 'makemkv-key');
        await sleep(60);
        assert.equal(problems.length, 1);
        await rm(file, { recursive: true });
        await writeFile(file, first);
        await until(async () => (await storedKey(home)) === first);
        await until(() => problems.at(-1) === null);
      });

    it('is taken over as soon as that is possible', async () => {
      await writeFile(home, 'in the way');
      await writeFile(file, first);
      await watch.start();
      assert.equal(keys, 0);
      assert.ok(problems.at(-1));
      await rm(home);
      await until(() => keys === 1);
      assert.equal(problems.at(-1), null);
    });

    it('that is none is told of without its content, until it is one', async () => {
      await writeFile(file, 'T-wrong secret');
      await watch.start();
      const [problem] = problems;
      assert.equal(problem?.code, 'makemkv-key');
      assert.equal(problem?.message, `makemkv.key_file: This is not a key of MakeMKV (${file})`);
      assert.ok(!JSON.stringify(problem).includes('T-wrong'));
      await writeFile(file, first);
      await until(() => problems.at(-1) === null);
      assert.equal(await storedKey(home), first);
    });
  });
});
