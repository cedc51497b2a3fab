import type { NamedTitle } from './open-disc.ts';
import { FULL, type Robot } from './robot.ts';

/** The two values of a saving run: of the title, and of all titles by their sizes. */
export function createRunProgress(robot: Robot, titles: readonly NamedTitle[]) {
  const sizes = titles.map(({ title }) => title.bytes);
  const total = sizes.reduce((sum, size) => sum + size, 0) || 1;
  let whole = 0;
  return {
    at(place: number, share: number): void {
      const before = sizes.slice(0, place).reduce((sum, size) => sum + size, 0);
      const now = (FULL * (before + share * (sizes[place] ?? 0))) / total;
      // The real program updates one value, then the other.
      robot.progress(FULL * share, whole);
      robot.progress(FULL * share, now);
      whole = now;
    },
  };
}
