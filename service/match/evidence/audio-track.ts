import { sameLanguage } from '../references/language.ts';

interface AudioFacts {
  readonly language: string | null;
  readonly kind: string;
}

/**
 * The audio track to listen to: in the first of the languages (most wanted first) that a track has, else the first
 * one, which is the main one on discs. Never a commentary; with a describing voice only when there is nothing else.
 *
 * @param tracks of a title or a file, in their order; `kind` as in the contract
 * @returns the index, or null when there is none to listen to
 */
export function chooseAudioTrack(
  tracks: readonly AudioFacts[],
  languages: readonly string[],
): number | null {
  const spoken = [...tracks.keys()].filter((index) => tracks[index]?.kind !== 'commentary');
  const plain = spoken.filter((index) => tracks[index]?.kind !== 'visually-impaired');
  const choice = plain.length > 0 ? plain : spoken;
  for (const language of languages) {
    const found = choice.find((index) => sameLanguage(tracks[index]?.language ?? null, language));
    if (found !== undefined) return found;
  }
  return choice[0] ?? null;
}
