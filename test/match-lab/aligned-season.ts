import { type Disturbance, disturb, ratios } from './disturb.ts';
import { drawSeason, type Episode, type Line, type SeasonShape } from './episode.ts';
import { createRandom, type Random } from './random.ts';

/** An episode with a reference that somebody else made of it. */
export interface ReferencedEpisode {
  readonly episode: Episode;
  readonly reference: readonly Line[];
  /** Episode time = reference time × speed + offset. */
  readonly speed: number;
  readonly offset: number;
}

const MOST_OFFSET_SECONDS = 40;

/** A season with one reference each, at a speed and an offset of its own. */
export function drawReferencedSeason(
  seed: string,
  shape: SeasonShape,
  disturbance: Disturbance,
): { random: Random; episodes: ReferencedEpisode[] } {
  const random = createRandom(seed);
  const episodes = drawSeason(random, shape).map((episode) => {
    const speed = random.pick(ratios);
    const offset = random.between(-MOST_OFFSET_SECONDS, MOST_OFFSET_SECONDS);
    const inverse = { ...disturbance, speed: 1 / speed, offset: -offset / speed };
    return { episode, speed, offset, reference: disturb(random, episode.lines, inverse) };
  });
  return { random, episodes };
}
