import type { BuiltShow } from './making/make-show.ts';
import type { ReferenceFile } from './variations.ts';

/** What was said of one title. */
export interface Said {
  readonly episodes: readonly { readonly season: number; readonly episode: number }[];
  readonly verdict: 'accept' | 'mark' | 'ask';
  readonly doubt: string | null;
}

export interface JudgedFile {
  readonly title: string;
  /** What it is; none: an extra. */
  readonly truth: readonly number[];
  readonly said: Said;
  /** All its episodes have a good reference. */
  readonly isReferenced: boolean;
  readonly isRight: boolean;
}

export function judge(
  { season }: Pick<BuiltShow, 'season'>,
  files: readonly ReferenceFile[],
  { title, truth, said }: Pick<JudgedFile, 'title' | 'truth' | 'said'>,
): JudgedFile {
  const isGood = (episode: number) =>
    files.some(({ number, isGood }) => isGood && number === episode);
  const key = (one: number, of: number) => `${of}/${one}`;
  const given = said.episodes.map(({ season, episode }) => key(episode, season)).sort();
  return {
    ...{ title, truth, said },
    isReferenced: truth.length > 0 && truth.every(isGood),
    isRight:
      given.join() ===
      truth
        .map((number) => key(number, season))
        .sort()
        .join(),
  };
}

export interface FilesTally {
  /** Titles with episodes, and those whose likeliest possibility is right. */
  readonly episodes: number;
  readonly right: number;
  /** Of them those with good references for all their episodes, and what became of these. */
  readonly referenced: number;
  readonly accepted: number;
  readonly marked: number;
  readonly asked: number;
  readonly referencedWrong: number;
  /** Other titles with episodes, and those that were asked about. */
  readonly unreferenced: number;
  readonly unreferencedAsked: number;
  readonly extras: number;
  readonly extrasAccepted: number;
  /** Taken, with a mark or without, and wrong. */
  readonly wrong: number;
}

export function tallyFiles(judged: readonly JudgedFile[]): FilesTally {
  const episodes = judged.filter(({ truth }) => truth.length > 0);
  const extras = judged.filter(({ truth }) => truth.length === 0);
  const referenced = episodes.filter(({ isReferenced }) => isReferenced);
  const unreferenced = episodes.filter(({ isReferenced }) => !isReferenced);
  const are = (of: readonly JudgedFile[], verdict: Said['verdict']) =>
    of.filter(({ said }) => said.verdict === verdict).length;
  return {
    episodes: episodes.length,
    right: episodes.filter(({ isRight }) => isRight).length,
    referenced: referenced.length,
    accepted: are(referenced, 'accept'),
    marked: are(referenced, 'mark'),
    asked: are(referenced, 'ask'),
    referencedWrong: referenced.filter(({ isRight }) => !isRight).length,
    unreferenced: unreferenced.length,
    unreferencedAsked: are(unreferenced, 'ask'),
    extras: extras.length,
    extrasAccepted: are(extras, 'accept'),
    wrong: judged.filter(({ said, isRight }) => said.verdict !== 'ask' && !isRight).length,
  };
}
