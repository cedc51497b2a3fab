import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalServer } from '../../servers/local-server.ts';
import {
  type OpenSubtitlesServer,
  openSubtitlesAccount,
  startOpenSubtitles,
} from '../../servers/open-subtitles.ts';
import { startTmdb, tmdbKeys } from '../../servers/tmdb.ts';
import { madeSrt } from '../match/references/made-subtitles.ts';
import { discflow, scratch } from './discflow.ts';

const examples = fileURLToPath(new URL('../../../examples/discs/references', import.meta.url));

describe('discflow references', () => {
  const folder = scratch();
  let tmdb: LocalServer;
  let subtitles: OpenSubtitlesServer;
  before(async () => {
    [tmdb, subtitles] = await Promise.all([startTmdb(), startOpenSubtitles()]);
  });
  after(() => Promise.all([tmdb.stop(), subtitles.stop()]));

  const online = () => ({
    DISCFLOW_METADATA_TMDB_ENABLED: 'true',
    DISCFLOW_METADATA_TMDB_URL: `${tmdb.url}/3`,
    DISCFLOW_METADATA_TMDB_KEY: tmdbKeys.v3,
    DISCFLOW_REFERENCES_OPENSUBTITLES_URL: `${subtitles.url}/api/v1`,
    DISCFLOW_REFERENCES_OPENSUBTITLES_API_KEY: openSubtitlesAccount.key,
    DISCFLOW_REFERENCES_OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
    DISCFLOW_REFERENCES_OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
  });

  it('lists what a folder has, without a configuration and without asking anybody', async () => {
    const { code, stdout } = await discflow([
      'references',
      'Harbour Lights',
      '--season',
      '1',
      '--references',
      examples,
      '--data',
      folder.path('n'),
    ]);
    assert.equal(code, 0);
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', /^✔ S01E01 {2}en {2}48 subtitles {2}\/.*S01E01\.en\.srt$/);
    assert.equal(lines.filter((line) => line.startsWith('✔')).length, 12);
    assert.match(stdout, /^Nobody knows which episodes there are/m);
  });

  it('tells what is missing and what is not trusted, and fetches when it is told to', async () => {
    const at = folder.path('subs/Two Lamps/Season 01/S01E02.en.srt');
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, '<html>nothing</html>');
    const show = [
      'references',
      'Two Lamps',
      '--tmdb',
      '703',
      '--season',
      '1',
      '--data',
      folder.path('d'),
    ];
    const settings = { ...online(), DISCFLOW_REFERENCES_FOLDERS: folder.path('subs') };
    const { code, stdout } = await discflow(show, settings);
    assert.equal(code, 1);
    assert.match(stdout, /^There is no reference of season 1\.$/m);
    assert.match(
      stdout,
      /^✗ S01E02 {2}\/.*S01E02\.en\.srt\n {4}It is a web page, not subtitles: .*\.$/m,
    );
    assert.match(stdout, /^– S01E01 {2}\S.* {2}has none$/m);
    assert.equal(subtitles.seen.length, 0);

    subtitles.subtitles = [
      {
        file: 1,
        season: 1,
        episode: 1,
        language: 'en',
        tmdb: 703,
        name: 'Two.Lamps.S01E01',
        text: madeSrt({ seed: 1, span: 2300, cues: 300 }),
      },
    ];
    const fetched = await discflow([...show, '--fetch', '--json'], settings);
    const told = JSON.parse(fetched.stdout);
    assert.equal(told.references[0]?.origin, 'OpenSubtitles 1 (Two.Lamps.S01E01)');
    assert.equal(told.references[0]?.cues, 300);
    assert.equal(told.rejected[0]?.code, 'html');
    assert.equal(told.quota.remaining, 19);
    assert.ok(told.missing.every(({ episode }: { episode: number }) => episode !== 1));
    for (const secret of Object.values(openSubtitlesAccount))
      assert.ok(!`${fetched.stdout}${fetched.stderr}`.includes(secret));
    assert.match(
      (await discflow(show, settings)).stdout,
      /^OpenSubtitles gives 19 files more until 2099/m,
    );
  });

  it('is refused without a season that is a number', async () => {
    assert.match((await discflow(['references', 'x'])).stderr, /--season/);
    const { code, stderr } = await discflow(['references', 'x', '--season', 'one']);
    assert.equal(code, 1);
    assert.match(stderr, /--season "one" is no number/);
  });

  it('are checked by the doctor', async () => {
    const doctor = async (settings: Record<string, string>) => {
      const { stdout } = await discflow(['doctor', '--json', '--data', folder.path('doc')], {
        DISCFLOW_REFERENCES_OPENSUBTITLES_URL: `${subtitles.url}/api/v1`,
        ...settings,
      });
      const checks: { name: string; status: string; problem: string | null }[] = JSON.parse(stdout);
      return (name: string) => checks.find((check) => check.name === name);
    };
    const without = await doctor({ DISCFLOW_REFERENCES_FOLDERS: folder.path('gone') });
    assert.match(without('OpenSubtitles')?.problem ?? '', /wants a key, and there is none/);
    assert.match(without('references')?.problem ?? '', /cannot be read \(ENOENT\)/);
    const { DISCFLOW_METADATA_TMDB_ENABLED: _, ...settings } = online();
    assert.equal((await doctor(settings))('OpenSubtitles')?.status, 'ok');
    const off = await doctor({ DISCFLOW_REFERENCES_OPENSUBTITLES_ENABLED: 'false' });
    assert.equal(off('OpenSubtitles'), undefined);
  });
});
