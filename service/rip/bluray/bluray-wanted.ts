import type { BlurayTitle } from '../../scan/record.ts';
import type { WantedTitle } from '../wanted-title.ts';

/** A wanted title with what a Blu-ray disc's structure says of it. */
export interface BlurayWanted extends WantedTitle {
  readonly title: BlurayTitle;
}
