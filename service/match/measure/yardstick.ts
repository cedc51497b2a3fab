import type { DecideReference, EpisodeCandidate } from '../decide/decide-input.ts';
import { createDecider, type Decider } from '../decide/decider.ts';
import { mayHoldOthers } from '../decide/joined-titles.ts';
import { keyOf } from '../episode-key.ts';
import { createAligner } from '../evidence/align/aligner.ts';
import type { MediaAccess } from '../evidence/media-streams.ts';
import type { SpeechEngine } from '../evidence/speech/speech-engine.ts';
import type { ListedEpisode } from '../list-episodes.ts';
import type { Reference } from '../references/reference.ts';
import { candidatesOf } from './candidates-of.ts';
import { createStages, type Stage } from './stages.ts';

/** What the titles of a disc are measured against. */
export interface Yardstick {
  readonly candidates: readonly EpisodeCandidate[];
  /** As decisions see them: by the episodes that their labels name. */
  readonly references: readonly DecideReference[];
  /** The ways to measure a title, cheapest first; none where there is no reference. */
  readonly stages: readonly Stage[];
  readonly decide: Decider['decide'];
  /** Ends the threads. */
  close(): Promise<void>;
}

export interface YardstickSources {
  readonly references: readonly Reference[];
  readonly listed: readonly ListedEpisode[];
  /** Its signal ends all work. */
  readonly access: MediaAccess;
  /** What is spoken, the most wanted first. */
  readonly languages: readonly string[];
  readonly speech: () => Promise<SpeechEngine | null>;
}

export function createYardstick({
  references,
  listed,
  access,
  languages,
  speech,
}: YardstickSources): Yardstick {
  const candidates = candidatesOf(listed, references);
  const places = new Map(candidates.map((one, index) => [keyOf(one), index]));
  const aligner = createAligner(references);
  const decider = createDecider();
  const labelled = references.map(({ id, season, episodes, cues }) => ({
    id,
    episodes: episodes.flatMap((episode) => places.get(keyOf({ season, episode })) ?? []),
    ends: cues.at(-1)?.end ?? null,
  }));
  const isOfOtherLength = (duration: number) =>
    mayHoldOthers(duration, { candidates, references: labelled, titles: [] });
  return {
    candidates,
    references: labelled,
    stages:
      references.length > 0
        ? createStages({ references, aligner, access, languages, speech, isOfOtherLength })
        : [],
    decide: decider.decide,
    close: async () => {
      await Promise.all([aligner.close(), decider.close()]);
    },
  };
}
