import { forEver, repeatForEver } from './pace.ts';
import type { RunContext } from './run-context.ts';
import { discFaults, faultAt } from './scenario.ts';
import type { Source } from './sources.ts';

const UNREADABLE = 'Scsi error - MEDIUM ERROR:UNRECOVERED READ ERROR';
const DRIVE = 'BD-RE STANDIN DRIVE 1.00';
/** Where the program looks first: the volume descriptors and a probe farther in. */
const FIRST_READS = [1048576, 1048576, 32768];
const BREATH_SECONDS = 5;

/**
 * What stands in the way of this whole disc by the scenario. True: it is said, and the disc cannot
 * be opened. Some faults never end.
 */
export async function discTrouble(
  { scenario, robot, line }: RunContext,
  { path }: Source,
): Promise<boolean> {
  const fault = faultAt(scenario, discFaults, { source: path ?? '', command: line.command });
  switch (fault?.kind) {
    case 'no-drive':
      return true;
    case 'no-access':
      robot.message(2016, DRIVE);
      return true;
    case 'libredrive':
      robot.message(3346);
      return true;
    case 'volume-key':
      robot.message(3303);
      return true;
    case 'unreadable':
      for (const offset of FIRST_READS) robot.message(2003, UNREADABLE, DRIVE, offset);
      return true;
    case 'no-titles':
      robot.message(5008);
      return true;
    case 'region':
      return repeatForEver(BREATH_SECONDS, () => robot.message(3032, 1, 2));
    case 'hang':
      return forEver();
    default:
      return false;
  }
}
