import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ParsedLabel, parseLabel } from '../../../service/identify/label.ts';

type Facts = Partial<Omit<ParsedLabel, 'title'>>;

const cases: [label: string, title: string | null, facts?: Facts][] = [
  // seasons and discs
  ['HARBOUR_LIGHTS_S1_D1', 'Harbour Lights', { season: 1, disc: 1 }],
  ['SHOW_SEASON_2_DISC_3', 'Show', { season: 2, disc: 3 }],
  ['THE_OFFICE_S04D2', 'The Office', { season: 4, disc: 2 }],
  ['THE OFFICE S4D1', 'The Office', { season: 4, disc: 1 }],
  ['THEOFFICES4D1', 'Theoffice', { season: 4, disc: 1 }],
  ['MADMEN_S_1_D_1', 'Madmen', { season: 1, disc: 1 }],
  ['SEINFELD_S3_DISC_2_SIDE_A', 'Seinfeld', { season: 3, disc: 2 }],
  ['LOST_SEASON_TWO_DISC_3', 'Lost', { season: 2, disc: 3 }],
  ['SIMPSONS_1ST_SEASON_D2', 'Simpsons', { season: 1, disc: 2 }],
  ['ROME_THE_COMPLETE_SECOND_SEASON', 'Rome', { season: 2 }],
  ['THE_COMPLETE_FIRST_SEASON_DISC_1', null, { season: 1, disc: 1 }],
  ['MASH_SEASON_10', 'Mash', { season: 10 }],
  ['24_SEASON_1_DISC_1', '24', { season: 1, disc: 1 }],
  ['SG1_S3_D2', 'Sg1', { season: 3, disc: 2 }],
  ['STAR_TREK_TNG_S3_D2', 'Star Trek TNG', { season: 3, disc: 2 }],
  ['THE_OFFICE_US_S1_D1', 'The Office US', { season: 1, disc: 1 }],
  ['SHOW_S00_D1', 'Show', { season: 0, disc: 1 }],
  ['MR.ROBOT.S01.D02', 'Mr Robot', { season: 1, disc: 2 }],
  ['Mr. Robot S01 D02', 'Mr. Robot', { season: 1, disc: 2 }],
  ['SCRUBS_DIE_KOMPLETTE_STAFFEL_2', 'Scrubs', { season: 2 }],
  ['KAAMELOTT_SAISON_1_DVD_2', 'Kaamelott', { season: 1, disc: 2 }],
  ['DR_WHO_SERIES_3_DISC_1', 'Dr Who', { season: 3, disc: 1 }],
  ['LA_CASA_TEMPORADA_2', 'La Casa', { season: 2 }],
  ['GOMORRA_STAGIONE_1_DISCO_3', 'Gomorra', { season: 1, disc: 3 }],
  ['SEASON_1_DISC_2', null, { season: 1, disc: 2 }],
  ['S1D1', null, { season: 1, disc: 1 }],
  ['EXTRAS_S1_D1', 'Extras', { season: 1, disc: 1 }],
  ['FIREFLY_DISC_4', 'Firefly', { disc: 4 }],
  ['FIREFLY_DISC_ONE', 'Firefly', { disc: 1 }],
  ['TITANIC_DISC_1_OF_2', 'Titanic', { disc: 1 }],
  ['BEAUTY_AND_THE_BEAST_DISC2', 'Beauty and the Beast', { disc: 2 }],
  ['ALIEN_D1_PAL', 'Alien', { disc: 1 }],
  ['SHOW_DISC_0', 'Show Disc 0'],
  ['DVD_1', null, { disc: 1 }],
  ['DISC_1', null, { disc: 1 }],
  // numbers that are no season
  ['LONG_MERIDIAN', 'Long Meridian'],
  ['DIE_HARD_2', 'Die Hard 2'],
  ['APOLLO_13', 'Apollo 13'],
  ['FRIENDS1', 'Friends1'],
  ['D2', 'D2'],
  ['24', '24'],
  ['300', '300'],
  ['1917', '1917'],
  ['2012', '2012'],
  ['THX_1138', 'Thx 1138'],
  ['OCEAN_S_11', "Ocean's 11"],
  ['OCEAN_S_TWELVE', "Ocean's Twelve"],
  ['OCEANS_ELEVEN', 'Oceans Eleven'],
  ['OPEN_SEASON', 'Open Season'],
  ['OPEN_SEASON_2', 'Open Season 2'],
  ['FOUR_SEASONS', 'Four Seasons'],
  ['SEASON_OF_THE_WITCH', 'Season of the Witch'],
  // volumes and parts
  ['VOLUME_3', null, { volume: 3 }],
  ['PART_1', null, { part: 1 }],
  ['KILL_BILL_VOL_2', 'Kill Bill Vol. 2', { volume: 2 }],
  ['KILL_BILL_VOLUME_TWO', 'Kill Bill Vol. 2', { volume: 2 }],
  ['DUCKTALES_VOLUME_3_DISC_2', 'Ducktales', { volume: 3, disc: 2 }],
  ['FAMILY_GUY_VOL_1_D2', 'Family Guy', { volume: 1, disc: 2 }],
  ['DUNE_PART_TWO', 'Dune Part Two', { part: 2 }],
  ['HP7_PART_1', 'Hp7 Part 1', { part: 1 }],
  ['BACK_TO_THE_FUTURE_PART_II', 'Back to the Future Part II'],
  ['ROCKY_IV', 'Rocky IV'],
  // years
  ['DUNE_2021', 'Dune', { year: 2021 }],
  ['The Long Meridian (2019)', 'The Long Meridian', { year: 2019 }],
  ['Blade Runner 2049 (2017)', 'Blade Runner 2049', { year: 2017 }],
  ['BLADE_RUNNER_2049', 'Blade Runner 2049'],
  ['2001_A_SPACE_ODYSSEY', '2001 a Space Odyssey'],
  ['CLASS_OF_1999', 'Class of 1999'],
  ['WONDER_WOMAN_1984', 'Wonder Woman 1984'],
  // editions, bonus discs
  ['ALIENS_SPECIAL_EDITION', 'Aliens', { edition: 'Special Edition' }],
  ['LOTR_EXTENDED_EDITION_DISC_1', 'Lotr', { edition: 'Extended', disc: 1 }],
  ['GLADIATOR_EXTENDED', 'Gladiator', { edition: 'Extended' }],
  ['BLADE_RUNNER_FINAL_CUT', 'Blade Runner', { edition: 'Final Cut' }],
  ['DAREDEVIL_DIRECTORS_CUT', 'Daredevil', { edition: "Director's Cut" }],
  ['AMERICAN_PIE_UNRATED', 'American Pie', { edition: 'Unrated' }],
  ['EXTENDED_FAMILY', 'Extended Family'],
  ['MATRIX_BONUS_DISC', 'Matrix', { bonus: true }],
  ['MATRIX_SPECIAL_FEATURES', 'Matrix', { bonus: true }],
  ['BONUS_DISC', null, { bonus: true }],
  ['EXTRAS', null, { bonus: true }],
  // publishers and technical words
  ['BBC_PLANET_EARTH_D1', 'Planet Earth', { disc: 1 }],
  ['WB_MATRIX', 'Matrix'],
  ['UNIVERSAL_SOLDIER', 'Universal Soldier'],
  ['FOX_AND_THE_HOUND', 'Fox and the Hound'],
  ['SPIDER_MAN_WS', 'Spider Man'],
  ['SPIDER-MAN_2', 'Spider-Man 2'],
  ['CONTACT_R1', 'Contact'],
  ['TROY_16X9_NTSC', 'Troy'],
  // spelling
  ['THE_LORD_OF_THE_RINGS', 'The Lord of the Rings'],
  ['WHAT_DREAMS_ARE_MADE_OF', 'What Dreams Are Made Of'],
  ['JFK', 'JFK'],
  ['Amélie', 'Amélie'],
  ['WEG_NACH_SÜDEN', 'Weg Nach Süden'],
  ['FACE/OFF', 'Face Off'],
  ['../../x', 'X'],
  // labels that say nothing
  ['', null],
  ['DVD_VIDEO', null],
  ['DVDVIDEO', null],
  ['DVD_VIDEO_RECORDING', null],
  ['DVDROM', null],
  ['DVD5', null],
  ['LOGICAL_VOLUME_ID', null],
  ['UDF_VOLUME', null],
  ['UNTITLED', null],
  ['UNTITLED2', null],
  ['MY_DVD', null],
  ['NEW', null],
  ['CDROM', null],
  ['VIDEO_TS', null],
  ['20060512_1432', null],
  ['DVD_20090101', null],
  // catalogue numbers
  ['ABCD12345', null],
  ['D1234567', null],
  ['A1B2C3D4E5F6', null],
];

describe('parseLabel', () => {
  for (const [label, title, facts = {}] of cases)
    it(`reads "${label}" as ${title === null ? 'no title' : `"${title}"`}`, () => {
      const silent = { season: null, disc: null, part: null, volume: null, year: null };
      const expected = { title, ...silent, edition: null, bonus: false, ...facts };
      assert.deepEqual(parseLabel(label), expected);
    });

  it('gives one bounded, printable line whatever the label is', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom('\u202e', '\u0000', '\n', '_', 'S1', 'D2', '../', 'ſ', '🎬', 'VOL 3'),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (label) => {
        const { title, season, disc } = parseLabel(label);
        assert.ok(title === null || (title.length > 0 && title.length <= 300));
        assert.doesNotMatch(title ?? '', /[\p{C}\p{Zl}\p{Zp}/\\]/u);
        assert.ok(season === null || (season >= 0 && season <= 99));
        assert.ok(disc === null || (disc >= 1 && disc <= 99));
      }),
    );
  });

  it('takes no longer for a label that is made to be slow', () => {
    const started = performance.now();
    for (const part of ['1', 'R', 'DVD ', 'S1 D', ' ', '20010101 ', 'aA1-'])
      parseLabel(part.repeat(255));
    assert.ok(performance.now() - started < 200);
  });
});
