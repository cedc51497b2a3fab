import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../../../service/config/resolve.ts';
import { configuredReferences } from '../../../../service/match/references/configured-references.ts';
import type { ReferenceQuery } from '../../../../service/match/references/reference.ts';
import {
  type MadeSubtitle,
  type OpenSubtitlesServer,
  openSubtitlesAccount,
  startOpenSubtitles,
} from '../../../servers/open-subtitles.ts';
import { scratch } from '../../cli/discflow.ts';
import { hasty } from '../../metadata/metadata-under-test.ts';
import { madeArchive } from './made-archive.ts';
import { madeSrt } from './made-subtitles.ts';

const query: ReferenceQuery = {
  show: 'Harbour Lights',
  year: 2019,
  tmdb: 42,
  seasons: [1],
  languages: ['eng'],
  episodes: [1, 2, 3].map((episode) => ({ season: 1, episode })),
};

describe('References of a season', () => {
  const folder = scratch();
  let server: OpenSubtitlesServer;
  let state: string;
  let starts = 0;
  before(async () => {
    server = await startOpenSubtitles();
  });
  beforeEach(() => {
    server.reset();
    starts++;
    state = folder.path(`state-${starts}`);
  });
  after(() => server.stop());

  type Settings = Partial<Omit<Config['references'], 'opensubtitles'>> & {
    online?: boolean;
    key?: string | undefined;
    library?: string;
    folder?: string;
  };
  const connect = ({
    online = false,
    key = openSubtitlesAccount.key,
    library,
    folder,
    ...others
  }: Settings) =>
    configuredReferences({
      config: {
        state,
        references: {
          folders: [],
          languages: [],
          per_episode: 2,
          ...others,
          opensubtitles: {
            enabled: online,
            url: `${server.url}/api/v1`,
            api_key: key === '' ? undefined : key,
            username: openSubtitlesAccount.username,
            password: openSubtitlesAccount.password,
          },
        },
      },
      libraries: library === undefined ? [] : [{ kind: 'tv', root: library }],
      folder,
      patience: hasty,
      pace: { limit: 1000, interval: 1000 },
    });
  const gather = async (settings: Settings, changes: Partial<ReferenceQuery> = {}) =>
    connect(settings).gather({ ...query, ...changes }, { signal: new AbortController().signal });
  const write = async (name: string, content: string | Uint8Array) => {
    await mkdir(dirname(folder.path(name)), { recursive: true });
    await writeFile(folder.path(name), content);
    return folder.path(name);
  };
  const upload = (file: number, episode: number, changes: Partial<MadeSubtitle> = {}) => ({
    file,
    season: 1,
    episode,
    language: 'en',
    text: madeSrt({ seed: 1000 + file }),
    ...changes,
  });
  const downloads = () =>
    server.seen.filter(({ url }) => url.pathname.endsWith('/download')).length;
  const searches = () =>
    server.seen.filter(({ url }) => url.pathname.endsWith('/subtitles')).length;
  const told = ({ references }: Awaited<ReturnType<typeof gather>>) =>
    references.map(
      ({ episodes, language, source }) => `${episodes.join('+')} ${language} ${source}`,
    );

  it('come from folders and archives, of the show and season alone, with what was rejected', async () => {
    await write('subs/Harbour Lights/Season 01/S01E01.en.srt', madeSrt({ seed: 1 }));
    await write('subs/Harbour Lights/Season 01/S01E02.en.forced.srt', madeSrt({ seed: 2 }));
    await write('subs/Harbour Lights/Season 02/S02E01.en.srt', madeSrt({ seed: 3 }));
    await write('subs/Other Show/Season 01/S01E03.en.srt', madeSrt({ seed: 4 }));
    await write('subs/Harbour Lights/Season 01/Other Show - S01E03.srt', madeSrt({ seed: 5 }));
    await write('subs/Harbour Lights/Season 01/first.srt', madeSrt({ seed: 6 }));
    await write(
      'subs/Harbour.Lights.S01.zip',
      madeArchive([
        { name: 'harbour.lights.s01e02.srt', content: Buffer.from(madeSrt({ seed: 7 })) },
      ]),
    );
    const found = await gather({ folders: [folder.path('subs')] });
    assert.deepEqual(told(found), ['1 en folder', '2 en folder']);
    assert.deepEqual(found.rejected.map(({ code, episodes }) => [code, ...episodes]).sort(), [
      ['forced-only', 2],
      ['other-show', 3],
    ]);
    assert.deepEqual(found.notes, [
      `The name of ${folder.path('subs/Harbour Lights/Season 01/first.srt')} does not say season and episode: it is left out`,
    ]);
  });

  it('come from beside the episodes in a library', async () => {
    const name = 'tv/Harbour Lights (2019) [tmdbid-42]/Season 01/Harbour Lights - S01E01.en.srt';
    await write(name, madeSrt({ seed: 1 }));
    await write('tv/Harbour Lights (1987)/Season 01/S01E02.en.srt', madeSrt({ seed: 2 }));
    assert.deepEqual(told(await gather({ library: folder.path('tv') })), ['1 en library']);
  });

  it('come from a folder named for the show, whose files do not say it', async () => {
    await write('these/Season 1/02 - The Lamp.srt', madeSrt({ seed: 1 }));
    await write('these/S01E03.srt', madeSrt({ seed: 2 }));
    const found = await gather({ folder: folder.path('these') });
    assert.deepEqual(told(found), ['2 en folder', '3 en folder']);
    assert.equal(found.references[0]?.name, 'The Lamp');
    const others = await gather({ folder: await folderOfAnother() });
    assert.deepEqual(told(others), []);
    assert.match(others.notes.join(), /has subtitles of Other Show, but none of Harbour Lights$/);
  });

  it('come from a folder that is itself the show’s, or its season’s', async () => {
    await write('own/Harbour Lights/Season 1/02 - The Lamp.srt', madeSrt({ seed: 1 }));
    const show = folder.path('own/Harbour Lights');
    const season = folder.path('own/Harbour Lights/Season 1');
    for (const settings of [
      { folders: [show] },
      { folders: [season] },
      { folder: show },
      { folder: season },
    ])
      assert.deepEqual(told(await gather(settings)), ['2 en folder']);
  });

  async function folderOfAnother(): Promise<string> {
    await write('those/Other Show/S01E01.srt', madeSrt({ seed: 1 }));
    return folder.path('those');
  }

  it('are those in the wanted languages, as many as are wanted; any others where there are none', async () => {
    for (const language of ['en', 'de', 'fr'])
      for (const copy of [1, 2, 3])
        await write(
          `many/Harbour Lights/S01E01.${language}.${copy}.srt`,
          madeSrt({ seed: copy * 10 + language.length, language }),
        );
    await write('many/Harbour Lights/S01E02.fr.srt', madeSrt({ seed: 77, language: 'fr' }));
    const settings = { folders: [folder.path('many')] };
    const languagesOf = async (languages: string[], chosen: string[] = []) =>
      told(await gather({ ...settings, languages: chosen }, { languages })).map((one) =>
        one.slice(0, 4),
      );
    assert.deepEqual(await languagesOf(['deu', 'eng']), ['1 de', '1 de', '1 en', '1 en', '2 fr']);
    assert.deepEqual(await languagesOf(['en'], ['fr']), ['1 fr', '1 fr', '2 fr']);
  });

  it('tell of folders that are away', async () => {
    const found = await gather({ folders: [folder.path('missing')] });
    assert.match(found.notes.join(), /folder of references .*missing cannot be read \(ENOENT\)/);
  });

  it('that nobody has are fetched, the best of each episode, and only what is needed', async () => {
    await write('half/Harbour Lights/S01E01.en.srt', madeSrt({ seed: 1 }));
    await write('half/Harbour Lights/S01E01.en.2.srt', madeSrt({ seed: 2 }));
    server.subtitles = [
      upload(1, 1),
      upload(2, 2, { downloads: 10 }),
      upload(3, 2, { downloads: 5, trusted: true }),
      upload(4, 2, { downloads: 900, machine: true }),
      upload(5, 2, { downloads: 800, parts: 2 }),
      upload(6, 2, { downloads: 100 }),
      upload(7, 3),
      upload(8, 4),
      upload(9, 2, { language: 'fr' }),
    ];
    const settings = { folders: [folder.path('half')], online: true };
    const found = await gather(settings);
    assert.deepEqual(told(found), [
      '1 en folder',
      '1 en folder',
      '2 en opensubtitles',
      '2 en opensubtitles',
      '3 en opensubtitles',
    ]);
    const origins = found.references.map(({ origin }) => origin);
    assert.match(origins.join(), /OpenSubtitles 3 \(.*OpenSubtitles 6 \(.*OpenSubtitles 7 \(/);
    assert.equal(downloads(), 3);
    assert.equal(searches(), 1);
    const again = await gather(settings);
    assert.deepEqual(told(again), told(found));
    assert.equal(downloads(), 3);
    assert.equal(searches(), 1);
  });

  it('that turn out to be bad are replaced by the next best, and not fetched again', async () => {
    server.subtitles = [
      upload(1, 1, { text: '<html>too many</html>', downloads: 100 }),
      upload(2, 1, { text: '', downloads: 90 }),
      upload(3, 1, { downloads: 80 }),
      upload(4, 1, { downloads: 70 }),
      upload(5, 1, { downloads: 60 }),
    ];
    const only = { episodes: [{ season: 1, episode: 1 }] };
    const found = await gather({ online: true }, only);
    assert.equal(found.references.length, 2);
    assert.deepEqual(
      found.rejected.map(({ code }) => code),
      ['html', 'empty'],
    );
    assert.equal(downloads(), 4);
    assert.equal((await gather({ online: true }, only)).rejected.length, 2);
    assert.equal(downloads(), 4);
  });

  it('of two episodes with one text count for neither, and others are fetched in their stead', async () => {
    const text = madeSrt({ seed: 5 });
    server.subtitles = [
      upload(1, 1, { text, downloads: 100 }),
      upload(2, 2, { text, downloads: 100 }),
      upload(3, 1, { downloads: 10 }),
      upload(4, 2, { downloads: 10 }),
    ];
    const found = await gather({ online: true, per_episode: 1 });
    assert.deepEqual(
      found.rejected.map(({ code }) => code),
      ['duplicate-text', 'duplicate-text'],
    );
    const again = await gather({ online: true, per_episode: 1 });
    assert.match(
      again.references.map(({ origin }) => origin).join(),
      /OpenSubtitles 3 .*OpenSubtitles 4 /,
    );
  });

  it('are as many as the day’s quota gives, and that is told', async () => {
    server.quota = 2;
    server.subtitles = [upload(1, 1), upload(2, 2), upload(3, 3)];
    const found = await gather({ online: true });
    assert.equal(found.references.length, 2);
    assert.match(
      found.notes.join(),
      /OpenSubtitles: the day's quota of downloads is used until 2099/,
    );
    await gather({ online: true });
    assert.equal(downloads(), 2);
  });

  it('that say to be of another episode, or of another show, are not fetched in vain', async () => {
    server.subtitles = [
      upload(1, 1, { name: 'Harbour.Lights.S01E03', downloads: 900 }),
      upload(2, 1, { name: 'Hafenlichter.S01E01', downloads: 800 }),
      upload(3, 1, { name: 'Harbour.Lights.S01E01.FORCED', downloads: 700 }),
      upload(4, 1, { downloads: 10 }),
    ];
    const only = { episodes: [{ season: 1, episode: 1 }] };
    const [first] = (await gather({ online: true, per_episode: 1 }, only)).references;
    assert.match(first?.origin ?? '', /^OpenSubtitles 4 /);
    assert.equal(downloads(), 1);
    const both = await gather({ online: true, per_episode: 2 }, only);
    assert.match(both.references.map(({ origin }) => origin).join(), /Subtitles 4 .*Subtitles 2 /);
  });

  it('that two discs of a season want are fetched once', async () => {
    server.subtitles = [upload(1, 1), upload(2, 2), upload(3, 3)];
    const references = connect({ online: true });
    const options = { signal: new AbortController().signal };
    const both = await Promise.all([
      references.gather(query, options),
      references.gather(query, options),
    ]);
    assert.deepEqual(
      both.map((one) => one.references.length),
      [3, 3],
    );
    assert.equal(downloads(), 3);
  });

  it('in languages that a disc names twice, or not at all, are searched for once', async () => {
    await gather({ online: true }, { languages: ['und', 'eng', 'en', 'en-US'] });
    assert.deepEqual(
      server.seen.map(({ url }) => url.searchParams.get('languages')),
      ['en'],
    );
  });

  it('are searched for by the codes that OpenSubtitles has', async () => {
    await gather({ online: true, languages: ['pt', 'pt-BR', 'zho', 'nb', 'ger'] });
    await gather({ online: true, languages: ['pt-BR'] });
    assert.deepEqual(
      server.seen.map(({ url }) => url.searchParams.get('languages')),
      ['pt-br,pt-pt', 'zh-cn,zh-tw', 'no', 'de', 'pt-br'],
    );
  });

  it('that are missing are not searched for again at once', async () => {
    server.subtitles = [upload(1, 1)];
    await gather({ online: true, per_episode: 1 });
    await gather({ online: true, per_episode: 1 });
    assert.equal(searches(), 1);
  });

  it('are not asked for without a key, and that is told', async () => {
    const found = await gather({ online: true, key: '' });
    assert.match(found.notes.join(), /it wants a key, and there is none\. A key is free at/);
    assert.equal(server.seen.length, 0);
  });

  it('are gathered without what is down', async () => {
    server.fail({ status: 503 });
    await write('some/Harbour Lights/S01E01.en.srt', madeSrt({ seed: 1 }));
    const found = await gather({ folders: [folder.path('some')], online: true });
    assert.deepEqual(told(found), ['1 en folder']);
    assert.match(found.notes.join(), /trouble of its own \(HTTP 503\)/);
  });

  it('are let go of when nobody wants them any more', async () => {
    server.fail('silent');
    const stop = new AbortController();
    const gathering = connect({ online: true }).gather(query, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await assert.rejects(gathering, /enough/);
  });

  it('never say a secret', async () => {
    server.quota = 0;
    server.subtitles = [upload(1, 1)];
    const said = [
      await gather({ online: true }),
      await gather({ online: true, key: 'WrongWrongWrongWrongWrongWrong00' }),
    ];
    for (const secret of ['WrongWrong', ...Object.values(openSubtitlesAccount)])
      assert.ok(!JSON.stringify(said).includes(secret));
  });
});
