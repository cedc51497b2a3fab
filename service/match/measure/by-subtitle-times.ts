import type { SignalReading } from '../decide/decide-input.ts';
import { agreement } from '../evidence/align/agreement.ts';
import type { Aligner } from '../evidence/align/aligner.ts';
import type { Alignment } from '../evidence/align/alignment.ts';
import type { MediaAccess } from '../evidence/media-streams.ts';
import { readSubtitleStarts, type SubtitleStarts } from '../evidence/subtitle-times/read-starts.ts';
import { sameLanguage } from '../references/language.ts';
import type { Reference } from '../references/reference.ts';

/** A second track is worth the time only where the first one tells nothing; a third never was. */
const MOST_TRACKS = 2;
/** So high no wrong reference comes: facts of `npm run bench:match`. */
const CLEAR_Z = 14;

interface Sources {
  readonly aligner: Pick<Aligner, 'subtitleTimes'>;
  readonly references: readonly Reference[];
  readonly access: MediaAccess;
}

/** A title against all references by when its subtitles appear; null without a track that is fit for it. */
export async function readBySubtitleTimes(
  file: string,
  { aligner, references, access }: Sources,
): Promise<(SignalReading & { starts: readonly number[] }) | null> {
  const tracks = ranked(await readSubtitleStarts(file, access), references);
  let best: { starts: readonly number[]; alignments: Alignment[] } | null = null;
  for (const { starts } of tracks.slice(0, MOST_TRACKS)) {
    const alignments = await aligner.subtitleTimes(starts, { signal: access.signal });
    if (best === null || highest(alignments) > highest(best.alignments))
      best = { starts, alignments };
    if (highest(alignments) >= CLEAR_Z) break;
  }
  if (best === null) return null;
  const { starts, alignments } = best;
  return {
    signal: 'subtitle-times',
    scores: alignments.map(({ z }) => z),
    alignments,
    agreements: alignments.map((alignment, index) =>
      agreement(starts, references[index]?.cues ?? [], alignment),
    ),
    starts,
  };
}

/** In a language of the references first: what was translated for them was timed alike; then the fullest. */
function ranked(
  tracks: readonly SubtitleStarts[],
  references: readonly Reference[],
): SubtitleStarts[] {
  const isReferred = ({ language }: SubtitleStarts) =>
    references.some((reference) => sameLanguage(reference.language, language));
  return tracks
    .filter(({ unusable }) => unusable === null)
    .toSorted(
      (a, b) => Number(isReferred(b)) - Number(isReferred(a)) || b.starts.length - a.starts.length,
    );
}

function highest(alignments: readonly Alignment[]): number {
  return alignments.reduce((high, { z }) => Math.max(high, z), 0);
}
