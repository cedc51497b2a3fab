import type { Random } from './random.ts';

/** When something is said, seconds. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

export interface Episode {
  /** Seconds. */
  readonly duration: number;
  readonly lines: readonly Line[];
}

const INTRO_SECONDS = 60;
const CREDITS_SECONDS = 45;
/** A third of all lines follow the last one at once. */
const BACK_TO_BACK = 0.35;

/**
 * An episode as its dialogue: scenes of lines with quiet stretches between, and a title sequence at the place that is
 * the season's. A 43-minute episode has about 600 lines.
 */
export function drawEpisode(random: Random, duration: number, introAt: number): Episode {
  const lines: Line[] = [];
  const last = duration - CREDITS_SECONDS;
  let time = random.between(5, 25);
  while (time < last) {
    const sceneEnd = time + random.logNormal(80, 0.6);
    while (time < sceneEnd && time < last) {
      if (time > introAt && time < introAt + INTRO_SECONDS)
        time = introAt + INTRO_SECONDS + random.between(0, 3);
      const length = Math.min(6, Math.max(0.8, random.logNormal(2.1, 0.42)));
      lines.push({ start: time, end: time + length });
      time += length;
      time += random.chance(BACK_TO_BACK) ? random.between(0.04, 0.14) : random.logNormal(1.1, 1);
    }
    time += random.logNormal(9, 0.8);
  }
  return { duration, lines };
}

export interface SeasonShape {
  readonly episodes: number;
  /** Seconds of an episode, about. */
  readonly runtime: number;
}

/** The episodes of a season, which begin alike and differ by some seconds in length. */
export function drawSeason(random: Random, { episodes, runtime }: SeasonShape): Episode[] {
  const introAt = random.between(20, 240);
  return Array.from({ length: episodes }, () =>
    drawEpisode(random, runtime + random.between(-20, 20), introAt + random.between(-10, 10)),
  );
}
