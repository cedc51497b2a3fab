import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createOpenSubtitles,
  type OpenSubtitles,
} from '../../../../../service/match/references/open-subtitles/open-subtitles.ts';
import { sessionFile } from '../../../../../service/match/references/open-subtitles/session-file.ts';
import type { Fault } from '../../../../servers/local-server.ts';
import {
  type MadeSubtitle,
  type OpenSubtitlesServer,
  openSubtitlesAccount,
  startOpenSubtitles,
} from '../../../../servers/open-subtitles.ts';
import { hasty } from '../../../metadata/metadata-under-test.ts';

const season = { show: 'Harbour Lights', tmdb: 42, season: 1, language: 'en' };
const upload = (file: number, changes: Partial<MadeSubtitle> = {}): MadeSubtitle => ({
  file,
  season: 1,
  episode: 1,
  language: 'en',
  text: `text of ${file}`,
  ...changes,
});

describe('OpenSubtitles', () => {
  const { signal } = new AbortController();
  let server: OpenSubtitlesServer;
  let state: string;
  let told: (string | null)[];
  before(async () => {
    server = await startOpenSubtitles();
  });
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'discflow-opensubtitles-'));
    server.reset();
    told = [];
  });
  afterEach(() => rm(state, { recursive: true, force: true }));
  after(() => server.stop());

  const sessionPath = () => join(state, 'opensubtitles.json');
  const connect = (credentials: Partial<typeof openSubtitlesAccount> = {}): OpenSubtitles => {
    const known = { ...openSubtitlesAccount, ...credentials };
    return createOpenSubtitles({
      url: `${server.url}/api/v1`,
      credentials: known,
      session: sessionFile(sessionPath(), known),
      cacheFolder: join(state, 'searches'),
      patience: hasty,
      pace: { limit: 1000, interval: 1000 },
      attention: (problem) => told.push(problem?.code ?? null),
    });
  };
  const paths = () => server.seen.map(({ method, url }) => `${method} ${url.pathname}`);

  it('is asked once for a season and language, in its canonical form, page by page', async () => {
    server.subtitles = Array.from({ length: 120 }, (_, n) => upload(n + 1));
    const found = await connect().search(season, { signal });
    assert.ok(found.state === 'found');
    assert.equal(found.value.length, 120);
    assert.deepEqual(
      server.seen.map(({ url }) => url.searchParams.get('page')),
      [null, '2', '3'],
    );
    const [first] = server.seen;
    assert.equal(
      first?.url.search,
      '?ai_translated=exclude&foreign_parts_only=exclude&languages=en&order_by=download_count' +
        '&order_direction=desc&parent_tmdb_id=42&season_number=1&type=episode',
    );
    assert.match(String(first?.headers['user-agent']), /^Discflow v\d+\.\d+\.\d+$/);
  });

  it('is asked by name for a show without a number', async () => {
    server.subtitles = [upload(1)];
    await connect().search({ ...season, tmdb: null }, { signal });
    assert.equal(server.seen[0]?.url.searchParams.get('query'), 'harbour lights');
    assert.equal(server.seen.length, 1);
  });

  it('is not asked again for what it said, also by another start', async () => {
    server.subtitles = [upload(1)];
    await connect().search(season, { signal });
    const again = await connect().search(season, { signal });
    assert.ok(again.state === 'found' && again.value.length === 1);
    assert.equal(server.seen.length, 1);
  });

  it('is logged in to once for many downloads and starts; the token is for its owner alone', async () => {
    server.subtitles = [upload(1), upload(2)];
    const [one, two] = await Promise.all(
      [1, 2].map((file) => connect().download(file, { signal })),
    );
    assert.ok(one?.state === 'read' && two?.state === 'read');
    assert.equal(String(Buffer.from(one.bytes)), 'text of 1');
    await connect().download(1, { signal });
    const logins = paths().filter((path) => path === 'POST /api/v1/login').length;
    assert.ok(logins <= 2, `${logins} logins`);
    assert.equal((await stat(sessionPath())).mode & 0o777, 0o600);
    const kept = await readFile(sessionPath(), 'utf8');
    for (const secret of Object.values(openSubtitlesAccount)) assert.ok(!kept.includes(secret));
  });

  it('logs in once for downloads at the same time', async () => {
    server.subtitles = [upload(1), upload(2), upload(3)];
    const api = connect();
    await Promise.all([1, 2, 3].map((file) => api.download(file, { signal })));
    assert.equal(paths().filter((path) => path === 'POST /api/v1/login').length, 1);
  });

  it('is asked at the address that the login names from then on', async () => {
    server.subtitles = [upload(1)];
    server.baseUrl = `${server.url}/vip/api/v1`;
    const api = connect();
    assert.equal((await api.download(1, { signal })).state, 'read');
    await api.search(season, { signal });
    assert.deepEqual(paths(), [
      'POST /api/v1/login',
      'POST /vip/api/v1/download',
      'GET /files/1',
      'GET /vip/api/v1/subtitles',
    ]);
  });

  it('does not send the token to a stranger that a login names', async () => {
    server.subtitles = [upload(1)];
    server.baseUrl = 'opensubtitles.com.example.org';
    assert.equal((await connect().download(1, { signal })).state, 'read');
    assert.ok(paths().includes('POST /api/v1/download'));
  });

  it('is logged in to anew, once, when the token has run out', async () => {
    server.subtitles = [upload(1)];
    const api = connect();
    await api.download(1, { signal });
    server.forgetTokens();
    assert.equal((await api.download(1, { signal })).state, 'read');
    assert.equal(paths().filter((path) => path === 'POST /api/v1/login').length, 2);
  });

  it('gives a few files without a login', async () => {
    server.subtitles = [upload(1)];
    const api = connect({ username: '', password: '' });
    assert.equal((await api.download(1, { signal })).state, 'read');
    assert.ok(!paths().includes('POST /api/v1/login'));
    assert.equal((await api.quota()).remaining, 4);
  });

  it('is not asked without a key', async () => {
    const found = await connect({ key: '' }).search(season, { signal });
    assert.ok(found.state === 'failed');
    assert.equal(found.problem.code, 'references-key-missing');
    assert.match(found.problem.hint, /opensubtitles\.com\/consumers.*api_key/);
    assert.equal(server.seen.length, 0);
  });

  it('that refuses the key is not asked again and again, and that is told once', async () => {
    const api = connect({ key: 'WrongWrongWrongWrongWrongWrong00' });
    for (let times = 0; times < 3; times++) {
      const found = await api.search(season, { signal });
      assert.ok(found.state === 'failed');
      assert.equal(found.problem.code, 'references-key-refused');
      assert.match(found.problem.message, /does not accept the key/);
      assert.doesNotMatch(JSON.stringify(found), /WrongWrong/);
    }
    assert.equal(server.seen.length, 1);
    assert.deepEqual(told, ['references-key-refused']);
  });

  it('that refuses the login is not asked again and again', async () => {
    server.subtitles = [upload(1)];
    const api = connect({ password: 'guessed' });
    for (let times = 0; times < 2; times++) {
      const download = await api.download(1, { signal });
      assert.ok(download.state === 'failed');
      assert.match(download.problem.message, /does not accept user name and password/);
      assert.doesNotMatch(JSON.stringify(download), /guessed|mara/);
    }
    assert.equal(server.seen.length, 1);
  });

  it('whose quota is used is left alone until it says, also by another start', async () => {
    server.subtitles = [upload(1), upload(2)];
    server.quota = 1;
    assert.equal((await connect().download(1, { signal })).state, 'read');
    for (const api of [connect(), connect()]) {
      const download = await api.download(2, { signal });
      assert.ok(download.state === 'failed');
      assert.equal(
        download.problem.message,
        "OpenSubtitles: the day's quota of downloads is used until 2099-01-02 00:00 UTC",
      );
    }
    assert.equal(paths().filter((path) => path.endsWith('/download')).length, 1);
  });

  it('that says with 406 that the quota is used is believed', async () => {
    server.subtitles = [upload(1)];
    server.quota = 0;
    const download = await connect().download(1, { signal });
    assert.ok(download.state === 'failed');
    assert.match(download.problem.message, /until 2099-01-02/);
    assert.equal((await connect().quota()).remaining, 0);
  });

  it('that does not know a file has it not, and gives others', async () => {
    server.subtitles = [upload(1)];
    const api = connect();
    const download = await api.download(7, { signal });
    assert.deepEqual(download, { state: 'absent', says: 'is not known there any more' });
    assert.equal((await api.download(1, { signal })).state, 'read');
  });

  it('makes a new link when one has expired, once', async () => {
    server.subtitles = [upload(1)];
    server.expiredLinks = 1;
    assert.equal((await connect().download(1, { signal })).state, 'read');
    server.expiredLinks = 2;
    assert.deepEqual(await connect().download(1, { signal }), {
      state: 'absent',
      says: 'cannot be fetched (HTTP 410)',
    });
  });

  it('is waited for as long as it asks', async () => {
    server.subtitles = [upload(1)];
    server.fail({ status: 429, headers: { 'retry-after': '1' } }, { times: 1 });
    const began = Date.now();
    assert.equal((await connect().search(season, { signal })).state, 'found');
    assert.ok(Date.now() - began >= 950);
  });

  it('is asked again after a bad gateway', async () => {
    server.subtitles = [upload(1)];
    server.fail({ status: 502 }, { times: 1, match: /download/ });
    assert.equal((await connect().download(1, { signal })).state, 'read');
  });

  const lasting: [string, Fault, RegExp][] = [
    ['trouble of its own', { status: 500 }, /trouble of its own \(HTTP 500\)/],
    [
      'requests to come back tomorrow',
      { status: 429, headers: { 'retry-after': '86400' } },
      /fewer requests/,
    ],
    ['silence', 'silent', /does not answer in time/],
    ['half an answer', 'half', /cannot be reached/],
    ['malformed JSON', 'malformed-json', /answers that cannot be read/],
    ['JSON of something else', 'wrong-schema', /answers that cannot be read/],
    ['an endless answer', 'endless', /answers without end/],
  ];
  for (const [name, fault, words] of lasting)
    it(`that gives ${name} is unavailable`, async () => {
      server.fail(fault);
      const found = await connect().search(season, { signal });
      assert.ok(found.state === 'failed');
      assert.equal(found.problem.code, 'references-unavailable');
      assert.match(found.problem.message, words);
    });

  it('that is down is not asked for each file anew', async () => {
    server.fail({ status: 503 });
    const api = connect();
    for (let times = 0; times < 8; times++) await api.search(season, { signal });
    assert.equal(server.seen.length, 5 * 3);
  });

  it('that is down serves what it said before', async () => {
    server.subtitles = [upload(1)];
    await connect().search(season, { signal });
    server.fail('cut');
    assert.equal((await connect().search(season, { signal })).state, 'found');
  });

  it('is let go of when nobody wants it any more', async () => {
    server.fail('silent');
    const stop = new AbortController();
    const search = connect().search(season, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await assert.rejects(search, /enough/);
  });

  it('tells a person who asks whether it is there, and what is left of the day', async () => {
    server.quota = 7;
    assert.deepEqual(await connect().check({ signal }), {
      state: 'found',
      value: { remaining: 7, resetAt: null },
    });
    assert.equal((await connect({ username: '', password: '' }).check({ signal })).state, 'found');
    const wrong = await connect({ password: 'guessed' }).check({ signal });
    assert.equal(wrong.state, 'failed');
  });
});
