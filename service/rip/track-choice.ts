import { currentLanguage } from './track-language.ts';

interface Track {
  readonly language: string;
  readonly kind: string;
}

/** The audio in these languages (null: all), never none; `preferred` plays unless somebody chooses. */
export function chosenAudio<T extends Track>(
  audio: readonly T[],
  languages: readonly string[] | null | undefined,
): (T & { readonly preferred: boolean })[] {
  const chosen = audio.filter(inLanguages(languages));
  const kept = chosen.length > 0 ? chosen : audio.slice(0, 1);
  const preferred = kept.find(({ kind }) => kind === 'normal') ?? kept[0];
  return kept.map((track) => ({ ...track, preferred: track === preferred }));
}

/** The subtitles in these languages (null: all), and forced ones in any. */
export function chosenSubtitles<T extends Track>(
  subtitles: readonly T[],
  languages: readonly string[] | null | undefined,
): T[] {
  const wanted = inLanguages(languages);
  return subtitles.filter((track) => track.kind === 'forced' || wanted(track));
}

function inLanguages(languages: readonly string[] | null | undefined) {
  if (!languages) return () => true;
  const wanted = new Set(languages.map(currentLanguage));
  return ({ language }: Track) => wanted.has(language);
}
