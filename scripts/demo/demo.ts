import { join } from 'node:path';
import { paintFor } from '../../service/cli/paint.ts';
import { createProgressView, type ProgressView } from '../../service/cli/progress-view.ts';
import { addressLines } from '../station/addresses.ts';
import { abortion, untilAborted } from '../station/until-aborted.ts';
import { Audience } from './audience.ts';
import { takeDemoFolder } from './demo-folder.ts';
import { type DemoStation, startDemoStation } from './demo-station.ts';
import { libraryTree } from './library-tree.ts';
import { insert, sampleDiscs } from './sample-discs.ts';

export interface DemoOptions {
  /** Everything of the demo is below it. */
  folder: string;
  /** End when the discs have arrived. */
  once: boolean;
  /** Take the default of every question. */
  yes: boolean;
  signal: AbortSignal;
}

/**
 * Shows the whole way of two sample discs. Throws a `DiscflowError` for what a person has to mend first, and the
 * signal's reason when it is interrupted before they have arrived.
 * @returns whether everything arrived
 */
export async function demo(options: DemoOptions): Promise<boolean> {
  const view = createProgressView(process.stdout);
  const letGo = await takeDemoFolder(options.folder);
  try {
    const station = await startDemoStation({ ...options, view });
    try {
      return await show(options, { station, view });
    } finally {
      await station.stop();
    }
  } finally {
    await letGo();
  }
}

interface Stage {
  station: DemoStation;
  view: ProgressView;
}

async function show(options: DemoOptions, { station, view }: Stage): Promise<boolean> {
  const { folder, once, signal } = options;
  const paint = paintFor(process.stdout);
  const audience = new Audience({ ...options, station, view });
  audience.start();
  try {
    const discs = await sampleDiscs();
    const images = station.config.drives[0]?.folder ?? folder;
    addressLines(station, paint).forEach(view.say);
    view.say(`\nPutting ${discs.join(' and ')} into the drive\n`);
    await insert(discs, images);
    const jobs = await Promise.race([audience.untilEnded(discs.length), abortion(signal)]);
    view.say(`\n${await libraryTree(join(folder, 'library'), paint)}\n`);
    const editor = paint('bold', station.editor);
    if (once) view.say(`Without --once the flow stays open to look at: ${editor}`);
    else {
      view.say(`Look at the flow that they took, and change it: ${editor}`);
      view.say(`Or put a disc of your own into ${images}. Ctrl-C ends the demo.`);
      await untilAborted(signal);
    }
    return jobs.every(({ outcome }) => outcome === 'complete');
  } finally {
    await audience.stop();
  }
}
