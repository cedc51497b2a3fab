import { disturb, ratios } from './disturb.ts';
import { drawEpisode, type Episode, type Line } from './episode.ts';
import type { Random } from './random.ts';

/** A file of subtitles as somebody uploads it. */
export interface DrawnReference {
  /** Index of the episode that its name says. */
  readonly label: number;
  readonly cues: readonly DrawnCue[];
  /** It is of this episode, in this cut, and whole. */
  readonly isGood: boolean;
}

export interface DrawnCue extends Line {
  readonly text: string;
}

export interface FilesShape {
  readonly perEpisode: number;
  /** Share of the files that are no good. */
  readonly bad: number;
}

/** What is wrong with bad files, the frequent kinds several times. */
const troubles = [
  'missing',
  'missing',
  'missing',
  'another-episode',
  'another-show',
  'another-show',
  'another-sync',
  'another-sync',
  'thinned',
  'thinned',
] as const;
/** Of bad files, those that have the number of another episode, which has theirs, */
const SWAPPED_SHARE = 0.05;
/** and of these the share whose other is the next one. */
const SWAPPED_NEIGHBOURS = 0.2;

/**
 * The files of a season. All files of one source have a speed; each has an offset, a care and cuts of its own.
 */
export function drawReferences(
  random: Random,
  episodes: readonly Episode[],
  { perEpisode, bad }: FilesShape,
): DrawnReference[] {
  const files: DrawnReference[] = [];
  for (let source = 0; source < perEpisode; source++) {
    const speed = random.chance(0.6) ? 1 : random.pick(ratios);
    const texts = exchanged(random, episodes.length, bad * SWAPPED_SHARE);
    for (const [label, text] of texts.entries()) {
      const isSwapped = text !== label;
      const trouble = !isSwapped && random.chance(bad) ? random.pick(troubles) : null;
      if (trouble === 'missing') continue;
      const cues = drawFile(random, episodes, { text, speed, trouble });
      files.push({ label, cues, isGood: trouble === null && !isSwapped });
    }
  }
  return files.sort((a, b) => a.label - b.label);
}

/** Per label the episode whose text its file has. */
function exchanged(random: Random, episodes: number, share: number): number[] {
  const texts = Array.from({ length: episodes }, (_, index) => index);
  for (const index of texts.keys()) {
    if (!random.chance(share / 2)) continue;
    const isNext = random.chance(SWAPPED_NEIGHBOURS) && index + 1 < episodes;
    const other = isNext ? index + 1 : random.below(episodes);
    const text = texts[index] ?? index;
    texts[index] = texts[other] ?? other;
    texts[other] = text;
  }
  return texts;
}

interface FileSpec {
  /** Index of the episode whose text it has. */
  text: number;
  speed: number;
  trouble: (typeof troubles)[number] | null;
}

function drawFile(
  random: Random,
  episodes: readonly Episode[],
  { text, speed, trouble }: FileSpec,
): DrawnCue[] {
  const of = trouble === 'another-episode' ? random.below(episodes.length) : text;
  const { lines = [], duration = 0 } = episodes[of] ?? {};
  const spoken = trouble === 'another-show' ? drawEpisode(random, duration, 30).lines : lines;
  const show = trouble === 'another-show' ? random.below(1e6) : 0;
  const isElsewhere = trouble === 'another-sync';
  const cues = disturb(
    random,
    spoken.map((line, index) => ({ ...line, text: `said in ${show}/${of} as line ${index}` })),
    {
      offset: random.between(-1, 1) * (isElsewhere ? 110 : 40),
      speed: isElsewhere ? random.pick(ratios) : speed,
      jitter: random.between(0.05, 0.3),
      missing: trouble === 'thinned' ? random.between(0.7, 0.95) : random.between(0.05, 0.3),
      merged: random.between(0.05, 0.3),
      cuts: random.pick([0, 0, 0, 0, 0, 0, 1, 1, 2, 4]),
    },
  );
  return cues;
}
