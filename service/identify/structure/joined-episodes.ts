import { median } from './densities.ts';
import type { Work } from './works.ts';

export interface JoinedEpisodes {
  /** How many episodes the title seems to join; null when it does not look joined or cannot tell. */
  count: number | null;
  /** How much more likely a play-all is to be made of such parts than a film is, as a logarithm. */
  logOdds: number;
}

/** What is shorter than this share of a title is an opening, a logo or credits, not an episode. */
const SMALLEST_PART = 0.06;
const FEWEST_EPISODES = 3;
/** Parts of one length are alike within this factor of their median. */
const ALIKE = 1.2;

/** Whether one long title looks like episodes in a row: it is made of several equal parts. */
export function episodesIn({ titles: [title], duration }: Work): JoinedEpisodes {
  const parts = title?.parts ?? null;
  if (parts === null) return { count: null, logOdds: -1.7 };
  if (parts.seconds === null) return byCount(parts.count, duration);
  const long = parts.seconds.filter((seconds) => seconds >= SMALLEST_PART * duration);
  const middle = median(long);
  const equal = long.filter((part) => Math.max(part / middle, middle / part) <= ALIKE);
  const covered = equal.reduce((sum, part) => sum + part, 0);
  const isJoined = equal.length >= FEWEST_EPISODES && covered >= 0.8 * duration;
  return isJoined ? { count: equal.length, logOdds: 5 } : { count: null, logOdds: -2.5 };
}

/** A list that names clips without lengths: films are one clip or a few dozen, episodes some of a slot's length. */
function byCount(count: number, duration: number): JoinedEpisodes {
  const mean = duration / count;
  const isLike = count > FEWEST_EPISODES && mean >= 1000 && mean <= 3600;
  return { count: null, logOdds: isLike ? 2.5 : -1.5 };
}
