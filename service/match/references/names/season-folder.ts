const words =
  'season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|kausi|sezon|sezóna|sezona|sezonul|évad|сезон|сезона';
/** "Season 01", "Staffel_2", "Show - Saison 3 [fr]", "S01", "Show.S01.1080p". */
const numbered = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])(?:(?:${words})[ ._-]{0,3}(\\d{1,4})|s[ ._-]?(\\d{1,4}))(?![\\p{L}\\p{N}])`,
  'iu',
);
/** "1. Staffel", "2e saison", "3ª temporada", "1 сезон". */
const counted = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])(\\d{1,3})[ ._-]{0,2}(?:e|è?me|ère|ª|a|ja|nd|rd|st|th)?[ ._-]{0,2}(?:${words})(?![\\p{L}\\p{N}])`,
  'iu',
);
const specials = /^(?:specials?|spécia(?:l|ux)|spezial|especiales|speciali|extras?)$/iu;

/** The season that a folder's name says, and what stands before it: usually nothing, or the show's name. */
export function seasonInFolder(name: string): { season: number; before: string } | null {
  if (specials.test(name.trim())) return { season: 0, before: '' };
  const found = numbered.exec(name) ?? counted.exec(name);
  const number = found?.[1] ?? found?.[2];
  if (!found || number === undefined) return null;
  return { season: Number(number), before: name.slice(0, found.index) };
}
