import assert from 'node:assert/strict';
import { Candidate } from '../../../service/contract/question.ts';
import { Match } from '../../../service/contract/title.ts';
import { LINE_LENGTH } from '../../../service/contract/values.ts';
import { describedPossibilities } from '../../../service/identify/evidence/described-possibilities.ts';
import { fitKnownDisc } from '../../../service/identify/evidence/fit-known-disc.ts';
import { providerText } from '../../../service/metadata/provider-text.ts';
import { RestDisc } from '../../../service/metadata/thediscdb/answers.ts';
import { readRestDisc } from '../../../service/metadata/thediscdb/read-disc.ts';
import { FilmDetails, SeasonAnswer, ShowDetails } from '../../../service/metadata/tmdb/answers.ts';
import { readFilm, readShow } from '../../../service/metadata/tmdb/read-works.ts';
import { filmDetails, showDetails } from '../../servers/tmdb.ts';
import { madeFilms, madeShows } from '../../servers/works.ts';

const texts: [what: string, text: string, read: string][] = [
  [
    'leaves accents, joiners and emoji',
    'Été \u{1f468}\u200d\u{1f469}',
    'Été \u{1f468}\u200d\u{1f469}',
  ],
  [
    'takes out what moves the cursor of a terminal',
    'Long\u001b[2J\u009bH Meridian',
    'Long[2JH Meridian',
  ],
  ['takes out what turns words round', 'Long \u202eMeridian\u2066', 'Long Meridian'],
  ['makes several lines one', ' Long\r\n\tMeridian\u2028', 'Long Meridian'],
  ['takes out half characters', 'Long\ud800 Meridian', 'Long Meridian'],
];

describe('the text of a catalogue', () => {
  for (const [what, text, read] of texts)
    it(what, () => {
      assert.equal(providerText(text), read);
    });

  it('is cut, never through the middle of a character', () => {
    assert.equal(
      providerText(`${'x'.repeat(LINE_LENGTH - 1)}\u{1f468}`),
      'x'.repeat(LINE_LENGTH - 1),
    );
  });
});

const UNSHOWN = /\p{Cc}|\u202e/u;
const hostile = `\u001b[31m\u202e${'Long Meridian '.repeat(400)}`;

describe('names that a job cannot keep', () => {
  it('are shortened and cleaned in an entry of TheDiscDB', () => {
    const disc = readRestDisc(
      RestDisc.parse({
        media: { title: hostile, year: 2019, type: 'Series' },
        release: { title: hostile },
        disc: { name: hostile, index: 0 },
        titles: [
          {
            source_file: '00001.mpls',
            duration: '0:50:00',
            item: { title: hostile, type: 'Episode', season: '1', episode: '1' },
          },
        ],
      }),
    );
    const fitting = fitKnownDisc(disc, [{ number: 1, duration: 3000, bytes: 3e9, relation: null }]);
    assert.ok(fitting);
    const described = [{ ...fitting, work: null, isWorkMissing: true }];
    const others = { kinds: [], names: [], rankings: [] };
    const [possibility] = describedPossibilities(described, 'localized', others);
    const { error } = Candidate.safeParse({
      id: possibility?.id,
      label: 'x',
      identity: possibility?.identity,
      evidence: possibility?.evidence,
    });
    assert.equal(error, undefined);
    assert.ok(!UNSHOWN.test(JSON.stringify(possibility)));
    const match = {
      probability: 1,
      decidedBy: 'evidence',
      evidence: [],
      ...fitting.titles[0]?.match,
    };
    assert.equal(Match.safeParse(match).error, undefined);
  });

  it('are shortened and cleaned in an answer of TMDB', () => {
    const [film] = madeFilms;
    const [show] = madeShows;
    assert.ok(film && show);
    const answer = {
      ...filmDetails(film, 'en'),
      title: hostile,
      genres: [{ id: 1, name: hostile }],
    };
    const { title, genres } = readFilm(FilmDetails.parse(answer), 'en', 'US');
    for (const text of [title, genres[0]?.name ?? '']) {
      assert.ok(text.length <= LINE_LENGTH);
      assert.ok(!UNSHOWN.test(text));
    }
    const years = [{ season_number: 2021, name: '2021', episode_count: 3, air_date: null }];
    const read = readShow(
      ShowDetails.parse({ ...showDetails(show, 'en'), seasons: years }),
      'en',
      'US',
    );
    assert.deepEqual(read.seasons, []);
    const season = SeasonAnswer.parse({
      season_number: 1,
      name: '',
      episodes: [{ id: 1, season_number: 1, episode_number: 1, name: hostile }],
    });
    assert.ok((season.episodes[0]?.name.length ?? 0) <= LINE_LENGTH);
  });
});
