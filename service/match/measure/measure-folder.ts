import type { TitleFinding } from '../../contract/findings.ts';
import { titlesInFolder } from '../read-folder.ts';
import type { SeasonReferences } from '../references/reference.ts';
import { findingOf } from './findings-of.ts';
import { measureDisc } from './measure-disc.ts';
import type { TitleToMeasure } from './title-to-measure.ts';
import { createYardstick, type YardstickSources } from './yardstick.ts';

export interface MeasuredFolder {
  readonly titles: readonly TitleToMeasure[];
  /** Of each title, in their order. */
  readonly findings: readonly TitleFinding[];
}

/**
 * Compares the video files of a folder, as if they were a disc of its own, with references. Throws `bad-request` for
 * a folder without any.
 */
export async function measureFolder(
  folder: string,
  { references }: Pick<SeasonReferences, 'references'>,
  { access, speech }: Pick<YardstickSources, 'access' | 'speech'>,
): Promise<MeasuredFolder> {
  const titles = await titlesInFolder(folder, access);
  const yardstick = createYardstick({ references, listed: [], languages: [], access, speech });
  try {
    const group = () => ({ disc: null, others: [] });
    const { signal } = access;
    const decision = await measureDisc(titles, { yardstick, group, signal });
    return { titles, findings: decision.titles.map((one) => findingOf(one, yardstick.candidates)) };
  } finally {
    await yardstick.close();
  }
}
