import type { Attribution } from '../contract/station.ts';

/** What the providers want to be said of them wherever their data is used. */
export const attributions: readonly Attribution[] = [
  {
    name: 'TMDB',
    // https://www.themoviedb.org/api-terms-of-use asks for these words.
    text: 'This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB.',
    url: 'https://www.themoviedb.org',
  },
  {
    name: 'TheDiscDB',
    text: 'Disc data from TheDiscDB, Copyright (c) 2021 Luke Foust, under the MIT License.',
    url: 'https://thediscdb.com',
  },
];
