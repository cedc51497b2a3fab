/** A made-up catalogue: none of these films and shows exist. */
export interface MadeFilm {
  id: number;
  original: string;
  language: string;
  /** Titles by ISO 639-1 language; without one TMDB falls back to the original. */
  titles?: Record<string, string>;
  /** Titles that it goes by elsewhere. */
  aliases?: string[];
  date: string;
  minutes: number;
  votes: number;
  popularity?: number;
  countries?: string[];
  genres?: [number, string][];
  /** By country, of the release in cinemas. */
  rated?: Record<string, string>;
  imdb?: string;
  collection?: string;
}

export interface MadeShow extends Omit<MadeFilm, 'minutes' | 'collection'> {
  minutes: number[];
  tvdb?: number;
  seasons: MadeSeason[];
  orders?: MadeOrder[];
}

export interface MadeSeason {
  number: number;
  date: string;
  episodes: { name: string; minutes: number }[];
}

export interface MadeOrder {
  id: string;
  name: string;
  /** As TMDB numbers them: 3 = DVD. */
  type: number;
  parts: { name: string; order: number; episodes: [season: number, episode: number][] }[];
}

const drama: [number, string] = [18, 'Drama'];
const family: [number, string] = [10751, 'Family'];

export const madeFilms: MadeFilm[] = [
  {
    id: 501,
    original: 'The Long Meridian',
    language: 'en',
    titles: { de: 'Der lange Meridian', fr: 'Le Long Méridien' },
    aliases: ['Meridian'],
    date: '2019-03-08',
    minutes: 124,
    votes: 8200,
    popularity: 41.5,
    countries: ['GB', 'US'],
    genres: [drama],
    rated: { US: 'PG-13', DE: '12', GB: '12A' },
    imdb: 'tt9900501',
  },
  // Namesakes of like fame, thirty years apart.
  {
    id: 502,
    original: 'Night Ferry',
    language: 'en',
    date: '1987-10-02',
    minutes: 96,
    votes: 640,
    popularity: 9,
    countries: ['GB'],
    rated: { US: 'R' },
  },
  {
    id: 503,
    original: 'Night Ferry',
    language: 'en',
    date: '2017-05-12',
    minutes: 118,
    votes: 910,
    popularity: 14,
    countries: ['US'],
    rated: { US: 'PG' },
  },
  // A famous film, and a student film of its name that nobody pressed on a disc.
  {
    id: 504,
    original: 'Copper Hollow',
    language: 'en',
    date: '2004-07-16',
    minutes: 131,
    votes: 19_500,
    popularity: 60,
    countries: ['US'],
    collection: 'Copper Hollow Collection',
    genres: [[28, 'Action']],
    rated: { US: 'PG-13', DE: '16' },
    imdb: 'tt9900504',
  },
  { id: 505, original: 'Copper Hollow', language: 'en', date: '2012-01-01', minutes: 9, votes: 1 },
  {
    id: 506,
    original: 'Copper Hollow II',
    language: 'en',
    titles: { de: 'Copper Hollow 2 – Die Rückkehr' },
    date: '2007-06-01',
    minutes: 128,
    votes: 11_000,
    collection: 'Copper Hollow Collection',
  },
  {
    id: 507,
    original: 'Copper Hollow III: The Last Seam',
    language: 'en',
    date: '2010-06-04',
    minutes: 140,
    votes: 9_000,
    collection: 'Copper Hollow Collection',
  },
  {
    id: 508,
    original: 'Grüne Hügel',
    language: 'de',
    titles: { en: 'Green Hills', fr: 'Collines vertes' },
    date: '1999-11-11',
    minutes: 103,
    votes: 380,
    countries: ['DE', 'AT'],
    rated: { DE: '6' },
    genres: [family],
  },
  {
    id: 509,
    original: '海辺の図書館',
    language: 'ja',
    titles: { en: 'The Library by the Sea', de: 'Die Bibliothek am Meer' },
    aliases: ['Umibe no Toshokan'],
    date: '2008-04-19',
    minutes: 87,
    votes: 2900,
    countries: ['JP'],
    rated: { US: 'G' },
    genres: [[16, 'Animation'], family],
  },
  {
    id: 510,
    original: 'Salt & Silver',
    language: 'en',
    date: '1995-12-13',
    minutes: 136,
    votes: 3100,
    countries: ['GB'],
  },
  {
    id: 511,
    original: "The Beekeeper's Eleven",
    language: 'en',
    titles: { de: 'Elf Imker' },
    date: '2001-12-07',
    minutes: 117,
    votes: 7000,
  },
  {
    id: 512,
    original: 'Orbit 9',
    language: 'en',
    date: '1996-06-28',
    minutes: 140,
    votes: 5100,
  },
  {
    id: 513,
    original: 'Ferry Road: The Crossing',
    language: 'en',
    date: '2014-02-02',
    minutes: 110,
    votes: 1500,
    collection: 'Ferry Road Collection',
  },
  {
    id: 514,
    original: 'Ferry Road: The Return',
    language: 'en',
    date: '2016-02-02',
    minutes: 112,
    votes: 1300,
    collection: 'Ferry Road Collection',
  },
  {
    id: 515,
    original: 'Los niños del faro',
    language: 'es',
    titles: { en: "The Lighthouse Keeper's Children" },
    date: '2011-09-30',
    minutes: 99,
    votes: 820,
    countries: ['ES'],
  },
  { id: 516, original: 'Hart', language: 'en', date: '2013-01-01', minutes: 92, votes: 210 },
  {
    id: 517,
    original: 'Die Hart',
    language: 'en',
    date: '1988-07-15',
    minutes: 132,
    votes: 10_400,
  },
  // A film and a show of one name and one number: their ids are counted apart.
  {
    id: 701,
    original: 'Harbour Lights',
    language: 'en',
    date: '1963-03-01',
    minutes: 88,
    votes: 30,
  },
  // A series' film.
  {
    id: 518,
    original: 'The Tin Observatory: The Movie',
    language: 'en',
    date: '2009-08-21',
    minutes: 101,
    votes: 950,
  },
];

const episodes = (names: string[], minutes: number) => names.map((name) => ({ name, minutes }));

export const madeShows: MadeShow[] = [
  {
    id: 701,
    original: 'Harbour Lights',
    language: 'en',
    titles: { de: 'Lichter im Hafen' },
    aliases: ['Harbor Lights'],
    date: '1999-02-18',
    minutes: [50],
    votes: 95,
    popularity: 12,
    countries: ['GB'],
    genres: [drama],
    rated: { US: 'TV-PG', DE: '12' },
    imdb: 'tt9900701',
    tvdb: 990701,
    seasons: [
      { number: 0, date: '1999-12-25', episodes: episodes(['The Christmas Tide'], 75) },
      {
        number: 1,
        date: '1999-02-18',
        episodes: episodes(
          ['High Water', 'The Pilot', 'Two Lamps', 'Salvage', 'Fog', 'A Letter from Sunderland'],
          49,
        ),
      },
      {
        number: 2,
        date: '2000-02-17',
        episodes: episodes(['Low Water', 'The Keeper', 'Three Lamps', 'Wreckers'], 50),
      },
    ],
    orders: [
      {
        id: 'dvd-uk-701',
        name: 'DVD (United Kingdom)',
        type: 3,
        parts: [
          {
            name: 'Disc 2',
            order: 2,
            episodes: [
              [1, 4],
              [1, 5],
              [1, 6],
              [0, 1],
            ],
          },
          {
            name: 'Disc 1',
            order: 1,
            episodes: [
              [1, 2],
              [1, 1],
              [1, 3],
            ],
          },
        ],
      },
      {
        id: 'dvd-de-701',
        name: 'DVD (Deutschland)',
        type: 3,
        parts: [
          {
            name: 'Staffel 1',
            order: 1,
            episodes: [
              [1, 1],
              [1, 2],
              [1, 3],
            ],
          },
        ],
      },
      {
        id: 'absolute-701',
        name: 'Absolute',
        type: 2,
        parts: [
          {
            name: 'All',
            order: 1,
            episodes: [
              [1, 1],
              [1, 2],
              [2, 1],
            ],
          },
        ],
      },
    ],
  },
  // A remake of the same name that ran for longer.
  {
    id: 702,
    original: 'The Quiet Detectives',
    language: 'en',
    date: '1984-09-01',
    minutes: [60],
    votes: 420,
    countries: ['US'],
    seasons: [
      { number: 1, date: '1984-09-01', episodes: episodes(['The Pier', 'The Clerk'], 48) },
      { number: 2, date: '1985-09-01', episodes: episodes(['The Vault', 'The Tailor'], 48) },
    ],
  },
  {
    id: 703,
    original: 'The Quiet Detectives',
    language: 'en',
    date: '2016-01-10',
    minutes: [42],
    votes: 510,
    countries: ['GB'],
    seasons: [1, 2, 3, 4, 5].map((number) => ({
      number,
      date: `${2015 + number}-01-10`,
      episodes: episodes([`Case ${number}a`, `Case ${number}b`], 42),
    })),
  },
  {
    id: 704,
    original: 'The Tin Observatory',
    language: 'en',
    titles: { de: 'Das Blechobservatorium' },
    date: '2005-10-03',
    minutes: [22],
    votes: 3300,
    countries: ['US'],
    genres: [[16, 'Animation']],
    seasons: [
      { number: 1, date: '2005-10-03', episodes: episodes(['First Light', 'Red Shift'], 22) },
      { number: 2, date: '2006-10-02', episodes: episodes(['Parallax', 'Occultation'], 22) },
    ],
  },
  {
    id: 705,
    original: 'Skærgården',
    language: 'da',
    titles: { en: 'The Archipelago', de: 'Die Schären' },
    date: '2010-10-01',
    minutes: [58],
    votes: 640,
    countries: ['DK'],
    seasons: [{ number: 1, date: '2010-10-01', episodes: episodes(['Broen', 'Øen'], 58) }],
  },
  {
    id: 706,
    original: '3rd Orchard Street',
    language: 'en',
    date: '1996-01-09',
    minutes: [],
    votes: 1100,
    countries: ['US'],
    seasons: [{ number: 1, date: '1996-01-09', episodes: episodes(['Arrivals'], 22) }],
  },
];
