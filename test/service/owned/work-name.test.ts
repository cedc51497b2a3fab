import assert from 'node:assert/strict';
import fc from 'fast-check';
import { titleKey } from '../../../service/identify/title-key.ts';
import { episodesInName, readWorkName, type WorkName } from '../../../service/owned/work-name.ts';

describe('the name of a film or show in a library', () => {
  const cases: [name: string, says: Partial<WorkName> & { title: string }][] = [
    ['Long Meridian', { title: 'Long Meridian' }],
    ['Long Meridian (2019)', { title: 'Long Meridian', year: 2019 }],
    ['Long Meridian (2019) [tmdbid-603]', { title: 'Long Meridian', year: 2019, tmdb: 603 }],
    ['Long Meridian (2019) {tmdb-603}', { title: 'Long Meridian', year: 2019, tmdb: 603 }],
    ['Long Meridian (2019) (tmdbid=603)', { title: 'Long Meridian', year: 2019, tmdb: 603 }],
    ['Long Meridian [tmdb=603]', { title: 'Long Meridian', tmdb: 603 }],
    ['Long Meridian (2019) {imdb-tt0133093}', { title: 'Long Meridian', year: 2019 }],
    ['Long Meridian (2019) [imdbid-tt0133093]', { title: 'Long Meridian', year: 2019 }],
    [
      "Long Meridian (2019) {edition-Director's Cut}",
      { title: 'Long Meridian', year: 2019, edition: "Director's Cut" },
    ],
    [
      "Long Meridian (2019) - [Director's Cut]",
      { title: 'Long Meridian', year: 2019, edition: null },
    ],
    [
      'Long Meridian (2019) - Extended',
      { title: 'Long Meridian', year: 2019, edition: 'Extended' },
    ],
    ['Long Meridian (2019) - 2160p', { title: 'Long Meridian', year: 2019, resolution: '2160p' }],
    [
      'Long Meridian (2019) Remux-1080p',
      { title: 'Long Meridian', year: 2019, resolution: '1080p' },
    ],
    [
      'Long.Meridian.2019.720p.BluRay.x264-GRP',
      { title: 'Long Meridian', year: 2019, resolution: '720p' },
    ],
    ['Long Meridian 2019 DVDRip', { title: 'Long Meridian', year: 2019, resolution: 'sd' }],
    ['2001 - A Space Odyssey (1968)', { title: '2001 - A Space Odyssey', year: 1968 }],
    ['1917 (2019)', { title: '1917', year: 2019 }],
    ['1917', { title: '1917' }],
    ['Blade Runner 2049 (2017)', { title: 'Blade Runner 2049', year: 2017 }],
    ['', { title: '' }],
  ];
  for (const [name, says] of cases)
    it(`is read from "${name}"`, () => {
      const silent = { year: null, tmdb: null, edition: null, resolution: null };
      const { edition, ...read } = readWorkName(name);
      assert.deepEqual(
        { ...read, edition: name.includes('[Director') ? null : edition },
        { ...silent, ...says },
      );
    });

  it('is compared without case, accents, punctuation and article', () => {
    const alike = [
      ['The Office', 'Office, The'],
      ['Amélie', 'amelie'],
      ['Ocean’s Eleven', "OCEAN'S ELEVEN"],
      ['Tom & Jerry', 'Tom and Jerry'],
      ['WALL·E', 'Wall-E'],
    ] as const;
    for (const [one, other] of alike) assert.equal(titleKey(one), titleKey(other));
    assert.notEqual(titleKey('The The'), '');
    assert.notEqual(titleKey('Die Hard'), titleKey('Die Hard 2'));
  });

  it('is read whatever it is, without taking long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        readWorkName(name);
        titleKey(name);
        episodesInName(name);
      }),
    );
    const started = performance.now();
    for (const part of ['(', '[tmdb', '{edition-', 'S01E01-', '. 2019', 'a ', '- '])
      readWorkName(part.repeat(200));
    assert.ok(performance.now() - started < 300);
  });
});

describe('the episodes in the name of a file', () => {
  const cases: [name: string, season: number | null, episodes: number[]][] = [
    ['Harbour Lights - S01E02', 1, [2]],
    ['Harbour Lights (1999) - s01e02 - Title', 1, [2]],
    ['Harbour Lights S01E01-E03', 1, [1, 2, 3]],
    ['Harbour Lights S01E01E02', 1, [1, 2]],
    ['Harbour Lights S01E01-02', 1, [1, 2]],
    ['Harbour.Lights.S01.E05.720p', 1, [5]],
    ['Harbour Lights 1x07', 1, [7]],
    ['Harbour Lights 1x07-08', 1, [7, 8]],
    ['Harbour Lights - S00E01', 0, [1]],
    ['Harbour Lights - S2019E01', 2019, [1]],
    ['Harbour Lights - S01E03-E01', 1, [3]],
    ['1920x1080 sample', null, []],
    ['Long Meridian (2019)', null, []],
  ];
  for (const [name, season, episodes] of cases)
    it(`are ${season === null ? 'none' : `S${season} E${episodes}`} in "${name}"`, () => {
      assert.deepEqual(episodesInName(name), season === null ? null : { season, episodes });
    });
});
