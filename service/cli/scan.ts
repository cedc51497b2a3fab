import { analyseDisc } from '../identify/structure/analysis.ts';
import { factsOfScanned } from '../identify/structure/title-facts.ts';
import { openMedium } from '../scan/medium/open-medium.ts';
import type { DiscScan } from '../scan/record.ts';
import { scanDisc } from '../scan/scan-disc.ts';
import { sourcePath } from './given-path.ts';
import { paintFor } from './paint.ts';
import { scanInWords } from './scan-words.ts';

/** Prints what a disc's own structure says and what it comes to; nothing is ripped, mounted or written. @returns the exit code */
export async function scanSource(source: string, { json }: { json?: boolean }): Promise<number> {
  const scan = await scanOf(sourcePath(source));
  const analysis = analyseDisc(scan.titles.map(factsOfScanned));
  const words = json
    ? JSON.stringify({ ...scan, analysis })
    : scanInWords(scan, analysis, paintFor(process.stdout));
  process.stdout.write(`${words}\n`);
  return 0;
}

async function scanOf(source: string): Promise<DiscScan> {
  const medium = await openMedium(source);
  try {
    return await scanDisc(medium);
  } finally {
    await medium.close();
  }
}
