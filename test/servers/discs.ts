/** Discs of made-up works, with the untidiness that people type into such a catalogue. */
export interface MadeItem {
  title?: string;
  type: string;
  description?: string;
  season?: string;
  episode?: string;
}

export interface MadeDisc {
  contentHash: string;
  globalDiscId?: string;
  format: string;
  index: number;
  name: string;
  titles: {
    sourceFile: string;
    segmentMap?: string;
    duration: string;
    size: number;
    item?: MadeItem;
  }[];
}

export interface MadeRelease {
  title: string;
  year: number;
  type: string;
  ids: { tmdb?: string; imdb?: string; tvdb?: string };
  release: {
    slug: string;
    title: string;
    year: number;
    regionCode?: string;
    locale?: string;
    upc?: string;
  };
  discs: MadeDisc[];
}

const episode = (number: string, title: string, season = '1'): MadeItem => ({
  type: 'Episode',
  title,
  season,
  episode: number,
});

export const hashes = {
  film: 'A0000000000000000000000000000001',
  series: 'A0000000000000000000000000000002',
  seriesSecond: 'A0000000000000000000000000000003',
  /** Two releases with the very same disc. */
  shared: 'A0000000000000000000000000000004',
  unknown: 'A00000000000000000000000000000FF',
};
export const discIds = {
  film: 'B000000000000000000000000000000000000001',
  series: 'B0000000000000000000000000000002',
};

const sharedDisc: MadeDisc = {
  contentHash: hashes.shared,
  format: 'Blu-Ray',
  index: 1,
  name: 'Feature',
  titles: [
    {
      sourceFile: '00800.mpls',
      duration: '1:35:52',
      size: 24_000_000_000,
      item: { type: 'MainMovie', title: 'Night Ferry' },
    },
  ],
};

export const madeReleases: MadeRelease[] = [
  {
    title: 'The Long Meridian',
    year: 2019,
    type: 'Movie',
    ids: { tmdb: '501', imdb: 'tt9900501' },
    release: {
      slug: '2019-blu-ray',
      title: 'Blu-ray',
      year: 2019,
      regionCode: 'A',
      locale: 'en-us',
      upc: '000000000501',
    },
    discs: [
      {
        contentHash: hashes.film,
        globalDiscId: discIds.film,
        format: 'Blu-ray',
        index: 1,
        name: 'Movie Disc',
        titles: [
          {
            sourceFile: '00800.mpls',
            segmentMap: '1,2,3',
            duration: '2:04:11',
            size: 31_234_567_890,
            item: { type: 'MainMovie', title: 'The Long Meridian' },
          },
          {
            sourceFile: '00002.mpls(1)',
            segmentMap: '7',
            duration: '0:02:10',
            size: 400_000_000,
            item: { type: 'Trailer', title: 'Theatrical Trailer' },
          },
          {
            sourceFile: '00012.m2ts',
            segmentMap: '12',
            duration: '0:14:00',
            size: 2_000_000_000,
            item: { type: 'Featurette', title: 'Drawing the Line', description: 'On the maps' },
          },
          {
            sourceFile: '00013.mpls',
            duration: '0:03:30',
            size: 500_000_000,
            item: { type: 'DeletedScene', title: 'The Ice' },
          },
          { sourceFile: '00999.mpls', duration: '0:00:30', size: 90_000_000 },
        ],
      },
    ],
  },
  {
    title: 'Harbour Lights',
    year: 1999,
    type: 'Series',
    ids: { tmdb: '701', imdb: 'tt9900701', tvdb: '990701' },
    release: { slug: 'complete-series', title: 'Complete Series', year: 2004, regionCode: '2' },
    discs: [
      {
        contentHash: hashes.series,
        globalDiscId: discIds.series,
        format: 'DVD',
        index: 1,
        name: 'Series 1, Disc 1',
        titles: [
          {
            sourceFile: '01',
            segmentMap: '1-12',
            duration: '2:27:00',
            size: 4_100_000_000,
            item: episode('1-3', 'All of them'),
          },
          {
            sourceFile: '02',
            duration: '0:49:00',
            size: 1_400_000_000,
            item: episode('01', 'High Water', 'Season 1'),
          },
          {
            sourceFile: '03',
            duration: '0:49:02',
            size: 1_400_000_000,
            item: episode('2', 'The Pilot', '01'),
          },
          {
            sourceFile: '04',
            duration: '1:38:00',
            size: 2_800_000_000,
            item: episode('3-4', 'Two Lamps, and Salvage'),
          },
          {
            sourceFile: '05',
            duration: '4:54:00',
            size: 4_300_000_000,
            item: episode('31-E36', 'A block', '2'),
          },
          {
            sourceFile: '06',
            duration: '1:15:00',
            size: 2_000_000_000,
            item: episode('1', 'The Christmas Tide', '0'),
          },
          {
            sourceFile: '07',
            duration: '0:20:00',
            size: 300_000_000,
            item: { type: 'Extra', title: 'Play All' },
          },
          {
            sourceFile: '08',
            duration: 'unknown',
            size: 1,
            item: { type: 'Mystery', season: 'all of them', episode: 'the last' },
          },
        ],
      },
      {
        contentHash: hashes.seriesSecond,
        format: 'DVD',
        index: 2,
        name: 'Series 1, Disc 2',
        titles: [
          {
            sourceFile: '01',
            duration: '0:49:00',
            size: 1_400_000_000,
            item: episode('5', 'Fog'),
          },
        ],
      },
    ],
  },
  ...['steelbook', 'anniversary'].map((slug) => ({
    title: 'Night Ferry',
    year: 1987,
    type: 'movie',
    ids: { tmdb: '502' },
    release: { slug, title: slug, year: 2020 },
    discs: [sharedDisc],
  })),
];
