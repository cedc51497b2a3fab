import assert from 'node:assert/strict';
import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import type { Identity } from '../../../../service/contract/identity.ts';
import type { Title } from '../../../../service/contract/title.ts';
import type { Library } from '../../../../service/organize/library.ts';
import { titlePath } from '../../../../service/organize/naming/title-path.ts';
import { bench, film, matched } from '../fixture.ts';
import { assertValidComponent, hostileText } from '../hostile-text.ts';

const movies: Library = { id: 'movies', kind: 'movie', root: '/m' };
const tv: Library = { id: 'tv', kind: 'tv', root: '/tv' };
const show = { kind: 'tv', title: 'The Office', year: 2005, season: 2, tmdb: 2316 } as const;
const cut = matched(2, { kind: 'movie' }, { role: 'cut' });

interface Case {
  name: string;
  title: Title;
  identity?: Partial<Identity>;
  library?: Library;
  expected: string;
}

const half = { number: 2, of: 2 };
const cases: Case[] = [
  {
    name: 'a film',
    title: film(),
    expected: 'The Matrix (1999) {tmdb-603}/The Matrix (1999) {tmdb-603}.mkv',
  },
  {
    name: 'a film without year and id',
    title: film(),
    identity: { year: null, tmdb: null },
    expected: 'The Matrix/The Matrix.mkv',
  },
  {
    name: 'a film for Jellyfin, with its edition',
    title: film(),
    identity: { edition: 'Extended' },
    library: { ...movies, preset: 'jellyfin' },
    expected: 'The Matrix (1999) [tmdbid-603]/The Matrix (1999) [tmdbid-603] - Extended.mkv',
  },
  {
    name: 'a film for Plex, with its edition',
    title: film(),
    identity: { edition: 'Extended' },
    library: { ...movies, preset: 'plex' },
    expected: 'The Matrix (1999) {tmdb-603}/The Matrix (1999) {tmdb-603} {edition-Extended}.mkv',
  },
  {
    name: 'a film for Kodi',
    title: film(),
    library: { ...movies, preset: 'kodi' },
    expected: 'The Matrix (1999)/The Matrix (1999).mkv',
  },
  {
    name: 'another cut on the same disc',
    title: cut,
    expected:
      'The Matrix (1999) {tmdb-603}/The Matrix (1999) {tmdb-603} {edition-Alternate Cut}.mkv',
  },
  {
    name: 'a film by the label when it has no title',
    title: film(),
    identity: { title: '\u0000..', year: null, tmdb: null },
    expected: 'DISC/DISC.mkv',
  },
  {
    name: 'an episode',
    title: matched(1, { kind: 'episode', season: 2, episodes: [3], name: 'Office Olympics' }),
    identity: show,
    library: tv,
    expected:
      'The Office (2005) {tmdb-2316}/Season 02/The Office (2005) - S02E03 - Office Olympics.mkv',
  },
  {
    name: 'a double episode in two parts',
    title: matched(1, { kind: 'episode', episodes: [2, 1], name: 'Pilot, Part 1' }),
    identity: show,
    library: tv,
    expected:
      'The Office (2005) {tmdb-2316}/Season 02/The Office (2005) - S02E01-E02 - Pilot, Part One.mkv',
  },
  {
    name: 'episodes with a gap by the first',
    title: matched(1, { kind: 'episode', episodes: [1, 3] }),
    identity: show,
    library: tv,
    expected: 'The Office (2005) {tmdb-2316}/Season 02/The Office (2005) - S02E01.mkv',
  },
  {
    name: 'a special',
    title: matched(1, { kind: 'episode', season: 0, episodes: [7] }),
    identity: show,
    library: tv,
    expected: 'The Office (2005) {tmdb-2316}/Season 00/The Office (2005) - S00E07.mkv',
  },
  {
    name: 'an extra of a film by its name',
    title: matched(4, { kind: 'extra', name: 'Deleted Scenes, Part 2' }),
    expected: 'The Matrix (1999) {tmdb-603}/Deleted Scenes/Deleted Scenes, Part Two.mkv',
  },
  {
    name: 'an extra without a name, in the folder of the show',
    title: matched(4, { kind: 'extra' }),
    identity: { ...show, disc: 3 },
    library: tv,
    expected: 'The Office (2005) {tmdb-2316}/Other/Bonus 3-04.mkv',
  },
  {
    name: 'a trailer',
    title: matched(5, { kind: 'extra' }, { role: 'trailer' }),
    expected: 'The Matrix (1999) {tmdb-603}/Trailers/Bonus 1-05.mkv',
  },
  {
    name: 'an extra under a template without folders',
    title: matched(5, { kind: 'extra', name: 'Making of' }),
    library: { ...movies, template: '{title}' },
    expected: 'The Matrix (1999) {tmdb-603}/Behind The Scenes/Making of.mkv',
  },
  {
    name: 'a part of an episode, so that players play both in turn',
    title: matched(2, { kind: 'episode', episodes: [4], name: 'The Lamp, Part 2', part: half }),
    identity: show,
    library: tv,
    expected:
      'The Office (2005) {tmdb-2316}/Season 02/The Office (2005) - S02E04 - The Lamp, Part Two - part2.mkv',
  },
  {
    name: 'a part of an episode with a long name, cut before what tells the parts apart',
    title: matched(2, { kind: 'episode', episodes: [4], name: 'x'.repeat(300), part: half }),
    identity: show,
    library: tv,
    expected: `The Office (2005) {tmdb-2316}/Season 02/The Office (2005) - S02E04 - ${'x'.repeat(175)}… - part2.mkv`,
  },
  {
    name: "a film by the library's own template",
    title: film(),
    library: { ...movies, template: '{firstLetter}/{title} ({year})/{title}.mkv' },
    expected: 'M/The Matrix (1999)/The Matrix.mkv',
  },
];

describe('The path of a title names', () => {
  for (const { name, title, identity, library = movies, expected } of cases)
    it(name, async () => {
      const { context, close } = await bench({
        titles: [title],
        ...(identity && { identity }),
      });
      await close();
      assert.equal(titlePath(context.job(), title, library).segments.join('/'), expected);
    });

  it('nothing without an episode number', async () => {
    const title = matched(1, { kind: 'episode' });
    const { context, close } = await bench({ titles: [title], identity: show });
    await close();
    assert.throws(() => titlePath(context.job(), title, tv), { code: 'bad-request' });
  });

  it('never a place outside the library, whatever the texts', async () => {
    const { context, close } = await bench({ titles: [film()] });
    await close();
    const job = context.job();
    const kinds = fc.constantFrom('movie', 'episode', 'extra' as const);
    const template = fc.constantFrom(
      undefined,
      '{title}/{label}/{edition}/{episodeTitle}',
      '{firstLetter}/{titleThe:9}/{title}.{label}',
      '{edition}{{}}{episodeTitle:1}',
    );
    const property = fc.property(
      fc.array(hostileText, { minLength: 4, maxLength: 4 }),
      kinds,
      template,
      fc.constantFrom(undefined, 'jellyfin', 'plex', 'kodi' as const),
      ([title = '', name = '', edition = '', label = ''], kind, text, preset) => {
        const named = {
          ...job,
          identity: job.identity && { ...job.identity, title, edition },
          disc: { ...job.disc, label },
        };
        const one = matched(1, { kind, name, episodes: [1, 2] });
        const library = { ...movies, template: text, preset, root: '/library' };
        const { segments } = titlePath(named, one, library);
        for (const segment of segments) assertValidComponent(segment);
        assert.ok(resolve('/library', ...segments).startsWith(`/library${sep}`));
        assert.equal(resolve('/library', ...segments), ['/library', ...segments].join(sep));
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
