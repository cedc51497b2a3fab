import assert from 'node:assert/strict';
import type { IdentityKind } from '../../../../service/contract/identity.ts';
import { kindClue } from '../../../../service/identify/evidence/clues.ts';
import { lookUp } from '../../../../service/identify/evidence/look-up.ts';
import { type LookedUp, nothingLookedUp } from '../../../../service/identify/evidence/looked-up.ts';
import { namesOfDisc } from '../../../../service/identify/names.ts';
import { type Reading, readIdentity } from '../../../../service/identify/reading.ts';
import type { Metadata } from '../../../../service/metadata/metadata.ts';
import type { TitleForm } from '../../../../service/metadata/works.ts';
import type { DvdScan } from '../../../../service/scan/record.ts';
import { hashes } from '../../../servers/discs.ts';
import { metadataBench } from '../../metadata/metadata-under-test.ts';
import { scannedTitle } from '../../rip/scanned.ts';

interface Disc {
  label: string;
  kind?: IdentityKind;
  certainty?: number;
  /** Minutes of each title, by number. */
  titles?: Record<number, number>;
  /** Titles that look like the film or the episodes. */
  principal?: number[];
  fingerprint?: string;
}

const minute = 60;

function scanOf({ label, titles = { 1: 90 }, fingerprint = hashes.unknown }: Disc): DvdScan {
  return {
    v: 1,
    structure: 'ifo',
    kind: 'dvd',
    source: '/dev/sr0',
    label,
    name: null,
    fingerprint,
    globalId: null,
    bytes: 4e9,
    encryption: null,
    titles: Object.entries(titles).map(([number, minutes]) =>
      scannedTitle({ number: Number(number), duration: minutes * minute }),
    ),
    unreadable: [],
    damaged: [],
  };
}

async function identify(
  disc: Disc,
  metadata: Metadata,
  form: TitleForm = 'localized',
): Promise<Reading & { lookedUp: LookedUp }> {
  const scan = scanOf(disc);
  const {
    kind = 'movie',
    certainty = 0.95,
    principal = scan.titles.map(({ number }) => number),
  } = disc;
  const kinds = [{ kind, probability: certainty, says: 'so it looks', against: null }];
  const runtimes = scan.titles
    .filter(({ number }) => principal.includes(number))
    .map(({ duration }) => duration);
  const { signal } = new AbortController();
  const lookedUp = await lookUp(
    {
      scan,
      names: namesOfDisc(scan, scan.source),
      kind: kindClue(kinds, {}),
      runtimes,
      stated: {},
    },
    metadata,
    { signal },
  );
  const { label, source } = scan;
  const createdAt = '2026-01-01T00:00:00Z';
  const reading = readIdentity({ label, source, kinds, lookedUp, form, stated: {}, createdAt });
  return { ...reading, lookedUp };
}

const theFilm: Disc = {
  label: 'DVD_VIDEO',
  fingerprint: hashes.film,
  titles: { 800: 124 + 11 / 60, 2: 2 + 10 / 60, 100012: 14, 13: 3.5, 999: 0.5 },
};

describe('what catalogues make of a disc', () => {
  const bench = metadataBench();

  const sure: [what: string, disc: Disc, answer: string][] = [
    [
      'its very self in TheDiscDB, though its label says nothing',
      theFilm,
      'movie The Long Meridian 2019 501',
    ],
    [
      'one work in two releases of TheDiscDB',
      { label: '', fingerprint: hashes.shared, titles: { 800: 95 + 52 / 60 } },
      'movie Night Ferry 1987 502',
    ],
    [
      'a name that only one film of its length has',
      { label: 'COPPER_HOLLOW', titles: { 1: 131, 2: 4 }, principal: [1] },
      'movie Copper Hollow 2004 504',
    ],
    [
      'namesakes that their length tells apart',
      { label: 'NIGHT_FERRY', titles: { 1: 118 } },
      'movie Night Ferry 2017 503',
    ],
    [
      'a season that the series has',
      { label: 'HARBOUR_LIGHTS_S2_D1', kind: 'tv', titles: { 1: 50, 2: 50, 3: 51 } },
      'tv Harbour Lights 1999 701 S2 D1',
    ],
  ];
  for (const [what, disc, answer] of sure)
    it(`is sure of ${what}`, async () => {
      const { identity, sure: isSure } = await identify(disc, bench.metadata());
      const { kind, title, year, tmdb, season, disc: number } = identity;
      const said = [kind, title, year, tmdb, season && `S${season}`, number && `D${number}`];
      assert.equal(
        said
          .filter(Boolean)
          .join(' ')
          .replace(/ D1$/, disc.kind ? ' D1' : ''),
        answer,
      );
      assert.equal(isSure, true);
      assert.ok(identity.probability >= 0.9, `${identity.probability}`);
    });

  const asked: [what: string, disc: Disc, candidates: RegExp[]][] = [
    [
      'namesakes that nothing tells apart',
      { label: 'NIGHT_FERRY', titles: { 1: 60 } },
      [/^Film: Night Ferry \((1987|2017)\)$/, /^Film: Night Ferry \((1987|2017)\)$/],
    ],
    [
      'a series whose season nobody names',
      { label: 'HARBOUR_LIGHTS', kind: 'tv', titles: { 1: 50, 2: 50, 3: 51 } },
      [/^Series: Harbour Lights \(1999\) S[12]$/, /^Series: Harbour Lights \(1999\) S[12]$/],
    ],
    [
      'a film where the disc looks like a series',
      { label: 'COPPER_HOLLOW', kind: 'tv', titles: { 1: 44, 2: 44, 3: 44 } },
      [/Copper Hollow/],
    ],
    [
      'an entry of TheDiscDB that contradicts the season on the label',
      {
        label: 'HARBOUR_LIGHTS_S2_D2',
        kind: 'tv',
        fingerprint: hashes.seriesSecond,
        titles: { 1: 49 },
      },
      [/^Series: Harbour Lights \(1999\) S1 D2$/, /^Series: Harbour Lights S2 D2$/],
    ],
    [
      'a first season, which every series has, where no length agrees',
      { label: 'HARBOUR_LIGHTS_S1_D1', kind: 'tv', titles: { 1: 50, 2: 50 }, principal: [] },
      [/^Series: Harbour Lights \(1999\) S1/],
    ],
    [
      'a name whose words run together, however well the work fits',
      { label: 'LONGMERIDIAN', titles: { 1: 124 } },
      [/^Film: The Long Meridian \(2019\)$/],
    ],
    [
      'a season of a series whose words run together',
      { label: 'HARBOURLIGHTS_S2_D1', kind: 'tv', titles: { 1: 50, 2: 50, 3: 51 } },
      [/^Series: Harbour Lights \(1999\) S2 D1$/],
    ],
    [
      'words that run together and that TMDB does not know, parted',
      { label: 'NOONSHOW' },
      [/^Film: Noonshow$/, /^Film: Noon Show$/],
    ],
    ['a name that TMDB does not know', { label: 'ZYGOTE_PARADE' }, [/^Film: Zygote Parade$/]],
  ];
  for (const [what, disc, candidates] of asked)
    it(`asks about ${what}`, async () => {
      const reading = await identify(disc, bench.metadata());
      assert.equal(reading.sure, false);
      for (const [index, pattern] of candidates.entries())
        assert.match(reading.candidates[index]?.label ?? '', pattern);
      const labels = reading.candidates.map(({ label }) => label);
      assert.equal(new Set(labels).size, labels.length, 'the same answer twice');
    });

  it('asks first for a season that is a mere number on the label, where nothing is called so', async () => {
    const disc: Disc = { label: 'HARBOUR_LIGHTS_2', kind: 'tv', titles: { 1: 50, 2: 50, 3: 51 } };
    const { identity, sure: isSure } = await identify(disc, bench.metadata());
    const { kind, title, tmdb, season } = identity;
    assert.deepEqual([kind, title, tmdb, season], ['tv', 'Harbour Lights', 701, 2]);
    assert.equal(isSure, false);
  });

  it('keeps the reading of the label among the answers', async () => {
    const { candidates } = await identify(
      { label: 'NIGHT_FERRY', titles: { 1: 60 } },
      bench.metadata(),
    );
    assert.ok(candidates.some(({ id }) => id === 'label'));
  });

  it('shows what spoke for and against each candidate', async () => {
    const { candidates } = await identify(
      { label: 'NIGHT_FERRY', titles: { 1: 60 } },
      bench.metadata(),
    );
    const weights = candidates[0]?.evidence.map(({ weight }) => Math.sign(weight)) ?? [];
    assert.ok(weights.includes(1) && weights.includes(-1), JSON.stringify(candidates[0]));
  });

  it('does not believe an entry whose titles are not those of the disc', async () => {
    const disc = { ...theFilm, label: 'NIGHT_FERRY', titles: { 800: 20, 2: 20, 13: 20 } };
    const { sure, identity } = await identify(disc, bench.metadata());
    assert.equal(sure, false);
    assert.match(identity.evidence.map(({ says }) => says).join('\n'), /its titles are not those/);
  });

  it('brings genres, age rating and language of the work for flows', async () => {
    const { identity } = await identify(theFilm, bench.metadata({ country: 'DE', language: 'de' }));
    assert.deepEqual(
      [identity.title, identity.genres, identity.certification, identity.originalLanguage],
      ['Der lange Meridian', ['Drama'], '12', 'en'],
    );
  });

  const forms: [TitleForm, string][] = [
    ['localized', 'Collines vertes'],
    ['original', 'Grüne Hügel'],
    ['english', 'Green Hills'],
  ];
  for (const [form, title] of forms)
    it(`names a work in its ${form} form`, async () => {
      const disc = { label: 'GRUENE_HUEGEL', titles: { 1: 103 } };
      const { identity } = await identify(disc, bench.metadata({ language: 'fr' }), form);
      assert.equal(identity.title, title);
    });

  it('goes by the label when no key is set, and says so', async () => {
    const metadata = bench.metadata({ tmdb: { key: undefined } });
    const { sure, candidates, identity } = await identify({ label: 'COPPER_HOLLOW' }, metadata);
    assert.deepEqual([sure, candidates[0].label], [false, 'Film: Copper Hollow']);
    assert.match(identity.evidence.map(({ says }) => says).join('\n'), /TMDB was not asked/);
  });

  it('goes by the label when no catalogue can be reached', async () => {
    const nowhere = { url: 'http://127.0.0.1:9' };
    const metadata = bench.metadata({ tmdb: nowhere, thediscdb: nowhere });
    const { sure, candidates } = await identify({ label: 'COPPER_HOLLOW' }, metadata);
    assert.deepEqual([sure, candidates[0].label], [false, 'Film: Copper Hollow']);
  });

  it('is not sure of one name while another one could not be looked up', async () => {
    const scan = { ...scanOf({ label: 'COPPER_HOLLOW', titles: { 1: 131 } }), name: 'Night Ferry' };
    const { tmdb, discs } = bench.metadata();
    const { signal } = new AbortController();
    const cutOff: Metadata = {
      discs,
      tmdb: {
        ...tmdb,
        search: async (query, options) =>
          query.title === 'Copper Hollow'
            ? {
                state: 'unavailable',
                reached: false,
                problem: { code: 'metadata-unavailable', message: 'No network', hint: 'Wait.' },
              }
            : tmdb.search(query, options),
      },
    };
    const kinds = [
      { kind: 'movie' as const, probability: 0.95, says: 'so it looks', against: null },
    ];
    const names = namesOfDisc(scan, scan.source);
    assert.equal(names.length, 2);
    const lookedUp = await lookUp(
      { scan, names, kind: kindClue(kinds, {}), runtimes: [118 * minute], stated: {} },
      cutOff,
      { signal },
    );
    const { source, label, name } = scan;
    const stating = { label, name, source, kinds, stated: {}, createdAt: '2026-01-01T00:00:00Z' };
    assert.equal(readIdentity({ ...stating, lookedUp }).sure, false);
    const alone = { ...lookedUp, incomplete: false };
    assert.equal(readIdentity({ ...stating, lookedUp: alone }).sure, true);
  });

  it('looks the work up whose number somebody stated without a title', async () => {
    const scan = scanOf({ label: 'NIGHT_FERRY', titles: { 1: 131 } });
    const stated = { kind: 'movie' as const, tmdb: 504 };
    const kinds = [{ kind: 'movie' as const, probability: 0.95, says: 'so', against: null }];
    const names = namesOfDisc(scan, scan.source);
    const sources = { scan, names, kind: kindClue(kinds, stated), runtimes: [], stated };
    const { signal } = new AbortController();
    const read = (lookedUp: LookedUp) =>
      readIdentity({
        ...{ label: scan.label, source: scan.source, kinds, lookedUp, stated },
        createdAt: '2026-01-01T00:00:00Z',
      });
    const known = read(await lookUp(sources, bench.metadata(), { signal }));
    assert.deepEqual([known.sure, known.identity.title], [true, 'Copper Hollow']);
    assert.equal(read(nothingLookedUp).sure, false);
  });

  it('names no film where somebody said that it is a series', async () => {
    const scan = scanOf(theFilm);
    const stated = { kind: 'tv' as const };
    const { signal } = new AbortController();
    const sources = { scan, names: [], kind: kindClue([], stated), runtimes: [], stated };
    const lookedUp = await lookUp(sources, bench.metadata(), { signal });
    assert.equal(lookedUp.described.length, 1);
    const { identity, sure } = readIdentity({
      ...{ label: scan.label, source: scan.source, kinds: [], lookedUp, stated },
      createdAt: '2026-01-01T00:00:00Z',
    });
    assert.deepEqual([identity.kind, identity.tmdb, sure], ['tv', null, false]);
  });

  it('stops asking when the job is cancelled', async () => {
    const stop = AbortSignal.abort();
    const scan = scanOf(theFilm);
    const sources = { scan, names: [], kind: null, runtimes: [], stated: {} };
    await assert.rejects(lookUp(sources, bench.metadata(), { signal: stop }));
  });
});
