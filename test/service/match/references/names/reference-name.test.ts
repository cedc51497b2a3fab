import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readReferenceName } from '../../../../../service/match/references/names/reference-name.ts';

/** Path; show of the folder and of the file, season, episodes, name, language, forced. */
type Row = [
  string,
  string | null,
  string | null,
  number | null,
  number[],
  string | null,
  string | null,
  boolean?,
];

const rows: Row[] = [
  [
    'Harbour Lights/Season 01/Harbour Lights - S01E02 - The Lamp.en.srt',
    'Harbour Lights',
    'Harbour Lights',
    1,
    [2],
    'The Lamp',
    'en',
  ],
  [
    'Harbour Lights/Season 01/harbour.lights.s01e01.pt-BR.forced.srt',
    'Harbour Lights',
    'harbour lights',
    1,
    [1],
    null,
    'pt-BR',
    true,
  ],
  ['Harbour Lights/Season 01/S01E10 - Last.srt', 'Harbour Lights', null, 1, [10], 'Last', null],
  ['Harbour Lights (2019) [tmdbid-9]/S02E03.vtt', 'Harbour Lights', null, 2, [3], null, null],
  ['Show/Season 1/02 - Name.srt', 'Show', null, 1, [2], 'Name', null],
  ['Season 1/02 - Name.srt', null, null, 1, [2], 'Name', null],
  ['Show/Season 1/02.srt', 'Show', null, 1, [2], null, null],
  ['Show/Season 1/102 - Name.ass', 'Show', null, 1, [2], 'Name', null],
  ['Show/Season 1/Show - 02 - Name.ssa', 'Show', 'Show', 1, [2], 'Name', null],
  ['Show - 1x02.srt', null, 'Show', 1, [2], null, null],
  ['Show 1x02-03 Name.srt', null, 'Show', 1, [2, 3], 'Name', null],
  ['Show.S01E01-E03.srt', null, 'Show', 1, [1, 2, 3], null, null],
  ['Show.S01E01-03.German.srt', null, 'Show', 1, [1, 2, 3], null, 'de'],
  ['Show.S01E01E02.srt', null, 'Show', 1, [1, 2], null, null],
  ['Show.S01E01E04.srt', null, 'Show', 1, [1, 4], null, null],
  ['Show S01E01 & E02.srt', null, 'Show', 1, [1, 2], null, null],
  ['Show.S01E05-1080p.srt', null, 'Show', 1, [5], null, null],
  ['Show - S01E05 - 24 Hours.srt', null, 'Show', 1, [5], '24 Hours', null],
  [
    'The.Show.2019.S03E07.The.Long.Night.1080p.WEB-DL.x264-GRP.eng.srt',
    null,
    'The Show',
    3,
    [7],
    'The Long Night',
    'en',
  ],
  ['Das Boot/Staffel 2/Folge 03 - Auf See.ger.srt', 'Das Boot', null, 2, [3], 'Auf See', 'de'],
  ['Das Boot/2. Staffel/03.de.sdh.srt', 'Das Boot', null, 2, [3], null, 'de'],
  ['La Mer/Saison 1/La Mer - Épisode 4.fr.srt', 'La Mer', 'La Mer', 1, [4], null, 'fr'],
  ['La Mer/2e saison/04 - Le phare.srt', 'La Mer', null, 2, [4], 'Le phare', null],
  ['El Mar/Temporada 3/Episodio 5.es.srt', 'El Mar', null, 3, [5], null, 'es'],
  ['Море/Сезон 1/Серия 7.ru.srt', 'Море', null, 1, [7], null, 'ru'],
  ['Show/Season 1 Episode 2.srt', 'Show', null, 1, [2], null, null],
  ['Show/Staffel 1, Folge 2.srt', 'Show', null, 1, [2], null, null],
  ['Show/Specials/S00E01.en.srt', 'Show', null, 0, [1], null, 'en'],
  ['Show/Specials/01 - Extra.en.srt', 'Show', null, 0, [1], 'Extra', 'en'],
  ['Show/Season 01/English/S01E02.srt', 'Show', null, 1, [2], null, 'en'],
  ['Show/Season 01/Subs/2_English.srt', 'Show', null, 1, [2], null, 'en'],
  ['Show.S02.1080p.BluRay/Show.S02E03.de.forced.srt', 'Show', 'Show', 2, [3], null, 'de', true],
  ['Show/Season 1/Show 102.srt', 'Show', 'Show', 1, [2], null, null],
  ['Show/Season 1/show_03.en.srt', 'Show', 'show', 1, [3], null, 'en'],
  ['Show/Subs/Show.S01E02.1080p-GRP/2_English.srt', 'Show', null, 1, [2], null, 'en'],
  ['Show.S02.en/03.srt', 'Show', null, 2, [3], null, 'en'],
  ['Show/Season 1/S01E02.en.hi.srt', 'Show', null, 1, [2], null, 'en'],
  ['Show/Season 1/S01E02.hi.srt', 'Show', null, 1, [2], null, null],
  ['Show/Season 1/S01E02 - Let It Be.srt', 'Show', null, 1, [2], 'Let It Be', null],
  ['Show/Season 1/Show.S01E02.Let.It.Be.srt', 'Show', 'Show', 1, [2], 'Let It Be', null],
  ['Show/Season 1/S01E02 [fr].srt', 'Show', null, 1, [2], null, 'fr'],
  ['Show/Season 1/S01E02.en.2.srt', 'Show', null, 1, [2], null, 'en'],
  ['Show 1987/Show 1987 S01E02.srt', 'Show', 'Show', 1, [2], null, null],
  ['1899/Season 1/1899 - S01E02.srt', '1899', '1899', 1, [2], null, null],
  ['24/Season 1/24 - S01E02 - 1-2.en.srt', '24', '24', 1, [2], '1-2', 'en'],
  ['Show - 137.srt', null, 'Show', null, [137], null, null],
  ['first episode.srt', null, null, null, [], null, null],
];

describe('The path of a subtitle file', () => {
  for (const [path, folder, file, season, episodes, name, language, forced = false] of rows)
    it(`is understood: ${path}`, () => {
      const read = readReferenceName(path);
      assert.deepEqual(
        read && {
          folder: read.folderShow?.title ?? null,
          file: read.fileShow?.title ?? null,
          season: read.season,
          episodes: read.episodes,
          name: read.name,
          language: read.language,
          forced: read.forced,
        },
        { folder, file, season, episodes, name, language, forced },
      );
    });

  it('is left alone when it is of something else', () => {
    for (const path of ['Show/S01E02.mkv', 'S01E02.sub', 'notes - S01E07.txt', '', '/'])
      assert.equal(readReferenceName(path), null);
  });

  it('names the year and the TMDB number of its folder', () =>
    assert.deepEqual(readReferenceName('Show (2019) [tmdbid-42]/Season 1/01.srt')?.folderShow, {
      title: 'Show',
      year: 2019,
      tmdb: 42,
    }));

  it('may be any text, and is read in moments', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'S01',
        'E02',
        '-',
        ' ',
        '.',
        '/',
        'Season 1',
        '1x02',
        'en',
        '(',
        '[',
        '2019',
        '0',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const read = readReferenceName(`${pieces.join('')}.srt`);
        for (const episode of read?.episodes ?? []) assert.ok(Number.isInteger(episode));
      }),
    );
    for (const part of ['S1', '1x02-', '- ', '(', '.en', 'e1-', ' ', 'season '])
      readReferenceName(`${part.repeat(20_000)}/${part.repeat(20_000)}.srt`);
  }).timeout(5000);
});
