import type { Disc } from '../contract/job.ts';
import { namesOfDisc } from './names.ts';
import { titleKey } from './title-key.ts';

/** What the discs of one set have in common: the name in their labels; null where the label names nothing. */
export function setKeyOf({ label, source }: Pick<Disc, 'label' | 'source'>): string | null {
  const title = namesOfDisc({ label }, source)[0]?.title ?? '';
  return titleKey(title) || null;
}
