import { scanBluray } from '../../../../service/scan/bluray/scan-bluray.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import type { BlurayScan, BlurayTitle } from '../../../../service/scan/record.ts';

/** The record of a Blu-ray disc, read as the service does. */
export async function blurayScanOf(source: string): Promise<BlurayScan> {
  const medium = await openMedium(source);
  try {
    return await scanBluray(medium);
  } finally {
    await medium.close();
  }
}

export function titleOf({ titles }: BlurayScan, number: number): BlurayTitle {
  const title = titles.find((each) => each.number === number);
  if (!title) throw new Error(`title ${number} is not on the disc`);
  return title;
}
