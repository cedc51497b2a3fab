import type { DvdTitle } from '../../scan/record.ts';
import type { WantedTitle } from '../wanted-title.ts';

/** A wanted title with what a DVD's structure says of it. */
export interface DvdWanted extends WantedTitle {
  readonly title: DvdTitle;
}
