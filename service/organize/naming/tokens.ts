/** What a template may name, and whether it is padded or shortened. */
export const tokenKinds = {
  title: 'text',
  show: 'text',
  titleThe: 'text',
  firstLetter: 'text',
  year: 'number',
  season: 'number',
  episode: 'number',
  lastEpisode: 'number',
  episodeTitle: 'text',
  edition: 'text',
  editionTag: 'text',
  idTag: 'text',
  tmdb: 'number',
  disc: 'number',
  number: 'number',
  label: 'text',
} as const;
export type Token = keyof typeof tokenKinds;

/** Names that people know from Radarr and Sonarr. */
const aliases: Readonly<Record<string, Token>> = {
  movietitle: 'title',
  movietitlethe: 'titleThe',
  movietitlefirstcharacter: 'firstLetter',
  seriestitle: 'show',
  seriestitlethe: 'titleThe',
  releaseyear: 'year',
  seriesyear: 'year',
  tmdbid: 'tmdb',
  editiontags: 'edition',
};

const known = new Map<string, Token>([
  ...Object.entries(aliases),
  ...Object.keys(tokenKinds).flatMap((name) =>
    isToken(name) ? [[folded(name), name] as const] : [],
  ),
]);

/** Finds a token by its name, in any case and with or without spaces. */
export function findToken(name: string): Token | null {
  return known.get(folded(name)) ?? null;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[ _]/g, '');
}

function isToken(name: string): name is Token {
  return Object.hasOwn(tokenKinds, name);
}
