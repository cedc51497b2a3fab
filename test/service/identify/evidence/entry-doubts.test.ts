import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IdentityKind } from '../../../../service/contract/identity.ts';
import { lookUp } from '../../../../service/identify/evidence/look-up.ts';
import { namesOfDisc } from '../../../../service/identify/names.ts';
import { type Reading, readIdentity } from '../../../../service/identify/reading.ts';
import { createMetadata } from '../../../../service/metadata/metadata.ts';
import { hashes, type MadeRelease } from '../../../servers/discs.ts';
import type { LocalServer } from '../../../servers/local-server.ts';
import { startTheDiscDb } from '../../../servers/thediscdb.ts';
import { startTmdb, tmdbKeys } from '../../../servers/tmdb.ts';
import { hasty } from '../../metadata/metadata-under-test.ts';
import { scannedTitle } from '../../rip/scanned.ts';

/** A disc, and what somebody has typed in about it. */
interface Upload {
  label: string;
  /** What the structure says; a film unless told. */
  looks?: [IdentityKind, number][];
  /** Minutes and what TheDiscDB calls each title, in order. */
  titles: [minutes: number, type: string | null, season?: number, episode?: number][];
  work: string;
  year?: number;
  type?: 'Movie' | 'Series';
  tmdb?: number;
  /** Without it nobody can be asked about works. */
  hasTmdb?: boolean;
}

const film: Upload = {
  label: 'COPPER_HOLLOW',
  titles: [
    [131, 'MainMovie'],
    [4, 'Trailer'],
  ],
  work: 'Copper Hollow',
  tmdb: 504,
};
const series: Upload = {
  label: 'HARBOUR_LIGHTS_S1_D1',
  looks: [['tv', 0.97]],
  titles: [
    [50, 'Episode', 1, 1],
    [50, 'Episode', 1, 2],
    [51, 'Episode', 1, 3],
  ],
  work: 'Harbour Lights',
  type: 'Series',
  tmdb: 701,
};

describe('an entry of TheDiscDB for exactly this disc', () => {
  let tmdb: LocalServer;
  let discs: LocalServer;
  let state: string;
  const releases: MadeRelease[] = [];
  before(async () => {
    [tmdb, discs] = [await startTmdb(), await startTheDiscDb({ releases })];
    state = await mkdtemp(join(tmpdir(), 'discflow-doubts-'));
  });
  after(async () => {
    await Promise.all([tmdb.stop(), discs.stop()]);
    await rm(state, { recursive: true, force: true });
  });

  async function identify(made: Upload): Promise<Reading> {
    releases.splice(0, releases.length, releaseOf(made));
    const { label, looks = [['movie', 0.95]], titles, hasTmdb = true } = made;
    const kinds = looks.map(([kind, probability]) => ({
      ...{ kind, probability, says: 'so it looks', against: null },
    }));
    const scanned = titles.map(([minutes], index) =>
      scannedTitle({ number: index + 1, duration: minutes * 60 }),
    );
    const metadata = createMetadata({
      config: {
        ...{ language: 'en', country: 'US', titles: 'localized', cache_days: 0 },
        tmdb: { enabled: hasTmdb, url: `${tmdb.url}/3`, key: tmdbKeys.v3 },
        thediscdb: { enabled: true, url: discs.url },
      },
      state,
      patience: hasty,
    });
    const disc = { label, name: null, source: '/dev/sr0' };
    const lookedUp = await lookUp(
      {
        scan: {
          ...{ v: 1, structure: 'ifo', kind: 'dvd', bytes: 4e9, encryption: null, globalId: null },
          ...{ ...disc, fingerprint: hashes.film, titles: scanned, unreadable: [], damaged: [] },
        },
        names: namesOfDisc(disc, disc.source),
        kind: null,
        runtimes: [Math.max(...titles.map(([minutes]) => minutes * 60))],
        stated: {},
      },
      metadata,
      { signal: new AbortController().signal },
    );
    assert.equal(lookedUp.described.length, 1, lookedUp.remarks.join('; '));
    return readIdentity({
      ...{ ...disc, kinds, lookedUp, stated: {} },
      createdAt: '2026-01-01T00:00:00Z',
    });
  }

  const believed: [why: string, made: Upload][] = [
    ['that says what the disc and TMDB say', film],
    ['of a series that does', series],
    ['where the label says nothing', { ...film, label: 'DVD_VIDEO' }],
    ['where TMDB cannot be asked', { ...film, hasTmdb: false }],
    [
      'where the label is another title of the work',
      {
        ...film,
        work: 'Copper Hollow II',
        tmdb: 506,
        label: 'COPPER_HOLLOW_2_DIE_RUECKKEHR',
        titles: [[128, 'MainMovie']],
      },
    ],
    [
      'where the label was cut off',
      {
        ...film,
        work: 'Copper Hollow III: The Last Seam',
        tmdb: 507,
        label: 'COPPER_HOLLOW_III',
        titles: [[140, 'MainMovie']],
      },
    ],
    ['where the label is short for the work, and its length is right', { ...film, label: 'CH_WS' }],
    ['of a longer cut', { ...film, titles: [[150, 'MainMovie']] }],
    [
      'where the structure cannot tell a film from a series',
      {
        ...film,
        looks: [
          ['tv', 0.6],
          ['movie', 0.35],
        ],
      },
    ],
  ];
  for (const [why, made] of believed)
    it(`is believed ${why}`, async () => {
      const { sure, identity } = await identify(made);
      assert.deepEqual([sure, identity.title], [true, made.work], inWords(identity));
    });

  const asked: [why: string, made: Upload, says: RegExp][] = [
    [
      'the disc looks like a series',
      {
        ...film,
        looks: [
          ['tv', 0.97],
          ['movie', 0.02],
        ],
      },
      /looks like another kind \(Series\)/,
    ],
    [
      'the disc looks like a film',
      {
        ...series,
        label: '',
        looks: [
          ['movie', 0.96],
          ['tv', 0.03],
        ],
      },
      /another kind \(Film\)/,
    ],
    [
      'the film runs longer than that of TMDB',
      { ...film, titles: [[181, 'MainMovie']] },
      /TMDB: it runs 131 min, and the disc does not/,
    ],
    [
      'it calls a short title the film',
      {
        ...film,
        hasTmdb: false,
        titles: [
          [20, 'MainMovie'],
          [131, 'Extra'],
        ],
      },
      /film runs 20 min, and another title 131 min/,
    ],
    [
      'its number is that of another film',
      { ...film, tmdb: 502, titles: [[96, 'MainMovie']] },
      /number at TMDB is that of "Night Ferry"/,
    ],
    [
      'its number is that of no film',
      { ...film, tmdb: 999_999 },
      /TMDB knows nothing of its number 999999/,
    ],
    [
      'its number is that of a series',
      { ...film, tmdb: 706 },
      /TMDB knows nothing of its number 706/,
    ],
    [
      'the label names another film that fits',
      { ...film, label: 'NIGHT_FERRY_1987' },
      /calls itself "Night Ferry"/,
    ],
    [
      'the label names another film, and nobody can be asked',
      { ...film, label: 'NIGHT_FERRY', hasTmdb: false },
      /calls itself "Night Ferry"/,
    ],
    [
      'the label names a season',
      { ...film, label: 'COPPER_HOLLOW_S2_D1' },
      /names a season \(2\), which no film has/,
    ],
    [
      'the label names another season',
      { ...series, label: 'HARBOUR_LIGHTS_S2_D1' },
      /knows exactly this disc/,
    ],
    [
      'the series has no such season',
      { ...series, label: '', titles: [[50, 'Episode', 7, 1]] },
      /TMDB: it has no season 7/,
    ],
    [
      'the season has no such episodes, of another length',
      {
        ...series,
        label: '',
        titles: [
          [170, 'Episode', 1, 20],
          [171, 'Episode', 1, 21],
        ],
      },
      /TMDB has 6 of season 1/,
    ],
  ];
  for (const [why, made, says] of asked)
    it(`is asked about where ${why}`, async () => {
      const { sure, candidates, identity } = await identify(made);
      assert.equal(sure, false, inWords(identity));
      const evidence = candidates.flatMap((candidate) => candidate.evidence);
      assert.match(evidence.map(({ says }) => says).join('\n'), says);
      assert.ok(
        candidates.some(({ label }) => label.includes(made.work)),
        'it is among the answers',
      );
    });

  it('leaves the work that the label names among the answers', async () => {
    const { candidates } = await identify({ ...film, label: 'NIGHT_FERRY_1987' });
    assert.ok(candidates.some(({ identity }) => identity?.tmdb === 502));
  });
});

function releaseOf({ titles, work, year = 0, type = 'Movie', tmdb = 0 }: Upload): MadeRelease {
  return {
    title: work,
    year,
    type,
    ids: { tmdb: String(tmdb) },
    release: { slug: 'box', title: 'Box', year: 2004 },
    discs: [
      {
        contentHash: hashes.film,
        format: 'DVD',
        index: 1,
        name: 'Disc',
        titles: titles.map(([minutes, kind, season, episode], index) => ({
          sourceFile: String(index + 1).padStart(2, '0'),
          duration: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:00`,
          size: 1e9,
          ...(kind && {
            item: {
              type: kind,
              title: work,
              ...(season && { season: String(season) }),
              ...(episode && { episode: String(episode) }),
            },
          }),
        })),
      },
    ],
  };
}

function inWords({ probability, evidence }: Reading['identity']): string {
  return `${probability}\n${evidence.map(({ says, weight }) => `${weight} ${says}`).join('\n')}`;
}
