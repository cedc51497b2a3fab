import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { listSubtitles } from '../../../../../service/match/references/files/list-subtitles.ts';
import { scratch } from '../../../cli/discflow.ts';
import { madeArchive } from '../made-archive.ts';

describe('The subtitle files of a folder', () => {
  const folder = scratch();
  const write = async (name: string, content: string | Uint8Array = '') => {
    await mkdir(dirname(folder.path(name)), { recursive: true });
    await writeFile(folder.path(name), content);
  };
  const text = (content: string) => Buffer.from(content);

  it('are listed with those in archives, which count as folders', async () => {
    await write('a/Show/Season 01/S01E01.srt', 'one');
    await write('a/Show/Season 01/notes.txt');
    await write('a/Show/.hidden/S01E09.srt');
    await write(
      'a/Show/Season 02.zip',
      madeArchive([
        { name: 'S02E01.srt', content: text('two') },
        { name: 'deep/S02E02.ass', content: text('three') },
        { name: 'cover.jpg', content: text('') },
        { name: '__MACOSX/._S02E01.srt', content: text('') },
      ]),
    );
    const { files, troubles } = await listSubtitles(folder.path('a'));
    assert.deepEqual(troubles, []);
    assert.deepEqual(
      await Promise.all(
        files.map(async (file) => [file.relative, String(Buffer.from(await file.read()))]),
      ),
      [
        ['Show/Season 01/S01E01.srt', 'one'],
        ['Show/Season 02/S02E01.srt', 'two'],
        ['Show/Season 02/deep/S02E02.ass', 'three'],
      ],
    );
    assert.equal(files[2]?.path, `${folder.path('a/Show/Season 02.zip')}/deep/S02E02.ass`);
    assert.deepEqual((await readdir(folder.path('a/Show'))).sort(), [
      '.hidden',
      'Season 01',
      'Season 02.zip',
    ]);
  });

  const hostile: [string, () => Uint8Array][] = [
    [
      'is cut',
      () => madeArchive([{ name: 'S01E01.srt', content: text('x'.repeat(999)) }]).subarray(0, 60),
    ],
    ['is none', () => text('not an archive')],
    [
      'leads out of its folder',
      () => madeArchive([{ name: '../../S01E01.srt', content: text('x') }]),
    ],
  ];
  for (const [name, bytes] of hostile)
    it(`tell of an archive that ${name}`, async () => {
      await write('b/broken.zip', bytes());
      await write('b/S01E02.srt');
      const { files, troubles } = await listSubtitles(folder.path('b'));
      assert.equal(files.length, 1);
      assert.deepEqual(troubles, [
        `${folder.path('b/broken.zip')} cannot be read: is it a whole zip archive?`,
      ]);
    });

  const bombs: [string, Parameters<typeof madeArchive>[0][number]][] = [
    ['says so', { name: 'S01E01.srt', content: Buffer.alloc(64 * 1024 * 1024) }],
    ['lies about it', { name: 'S01E01.srt', content: Buffer.alloc(64 * 1024 * 1024), claims: 100 }],
  ];
  for (const [name, entry] of bombs)
    it(`are not unpacked without end when an archive holds a bomb that ${name}`, async () => {
      await write('c/bomb.zip', madeArchive([entry]));
      const [file] = (await listSubtitles(folder.path('c'))).files;
      const before = process.memoryUsage().rss;
      await assert.rejects(async () => file?.read());
      assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024);
    });

  it('in an archive with any byte changed are listed, or that is told', async () => {
    const whole = madeArchive([{ name: 'S01E01.srt', content: text('one and two') }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        await write('e/changed.zip', bytes);
        const { files, troubles } = await listSubtitles(folder.path('e'));
        assert.ok(files.length + troubles.length <= 1);
        for (const file of files) await file.read().catch(() => null);
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('end where links go round', async () => {
    await write('d/Show/S01E01.srt');
    await symlink(folder.path('d'), folder.path('d/Show/again'));
    const { files } = await listSubtitles(folder.path('d'));
    assert.ok(files.length < 10, `${files.length}`);
  });

  it('cannot be listed where there is no folder', () =>
    assert.rejects(listSubtitles(folder.path('missing')), { code: 'ENOENT' }));
});
