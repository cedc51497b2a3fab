import { tellDisc } from './disc-info.ts';
import { openDisc } from './open-disc.ts';
import type { RunContext } from './run-context.ts';

/** `info SOURCE`: what is on a disc; `info disc:9999`: which drives there are. */
export async function tellInfo(context: RunContext): Promise<number> {
  const disc = await openDisc(context);
  if (typeof disc === 'number') return disc;
  tellDisc(disc.scan, disc.titles, context.robot);
  await disc.medium.close();
  return 0;
}
