/** `long` is no more than an extended cut would be; `double` two episodes in one title. */
export type RuntimeFit = 'fits' | 'long' | 'double' | 'differs';

/** TMDB rounds to minutes, and a disc for PAL plays 4 % faster. */
const FILM_SHORTER = { share: 0.955, seconds: 120 };
/** Studio logos, warnings, and a running time that was entered from a PAL copy. */
const FILM_LONGER = { share: 1.05, seconds: 240 };
/** The longest extended cuts of real films stay within this. */
const EXTENDED = 1.3;

/** The disc's candidates for the main feature against a film's running time, all in seconds. */
export function filmFit(disc: readonly number[], runtime: number): RuntimeFit {
  const fits = disc.map((duration) => {
    if (duration < runtime * FILM_SHORTER.share - FILM_SHORTER.seconds) return 'differs';
    if (duration <= runtime * FILM_LONGER.share + FILM_LONGER.seconds) return 'fits';
    return duration <= runtime * EXTENDED ? 'long' : 'differs';
  });
  return (['fits', 'long'] as const).find((fit) => fits.includes(fit)) ?? 'differs';
}

/** Running times of shows are those of the slot: a third of it may have been advertising. */
const EPISODE_SHORTER = 0.62;
/** Recaps, longer credits, a pilot. */
const EPISODE_LONGER = { share: 1.25, seconds: 180 };

/** The disc's episodes against what is usual for a show, in seconds; the middle one counts. */
export function showFit(disc: readonly number[], usual: readonly number[]): RuntimeFit {
  const middle = disc.toSorted((a, b) => a - b)[Math.floor(disc.length / 2)] ?? 0;
  const fits = (times: number) =>
    usual.some(
      (runtime) =>
        middle >= runtime * times * EPISODE_SHORTER &&
        middle <= runtime * times * EPISODE_LONGER.share + EPISODE_LONGER.seconds,
    );
  if (fits(1)) return 'fits';
  return fits(2) ? 'double' : 'differs';
}
