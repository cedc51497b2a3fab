import { type KindGuess, kindsOf } from './kinds.ts';
import { piecesOf } from './piece.ts';
import { type Story, storiesOf } from './stories.ts';
import type { TitleFacts } from './title-facts.ts';
import { type DiscWorks, worksOf } from './works.ts';

/** What a disc's titles tell of it, before anybody says what kind of disc it is. */
export interface Structure {
  titles: readonly TitleFacts[];
  works: DiscWorks;
  stories: readonly Story[];
  /** Most probable first; never empty. */
  kinds: readonly KindGuess[];
}

/** Reads a disc's titles: what repeats what, how the disc may have come about, and so what kind it is. */
export function structureOf(titles: readonly TitleFacts[]): Structure {
  const works = worksOf(titles);
  const stories = storiesOf(piecesOf(works), works);
  return { titles, works, stories, kinds: kindsOf(stories) };
}
