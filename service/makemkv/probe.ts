import { DiscflowError } from '../errors.ts';
import type { DriveBus } from './drive-bus.ts';
import { type MakeMkvProgram, runMakeMkv } from './makemkvcon.ts';
import type { RunLog } from './run-log.ts';
import { prepareSettings } from './settings.ts';

interface Options {
  bus: DriveBus;
  signal: AbortSignal;
}

/**
 * Asks the program for its version, its licence and the drives. It looks at all drives for that, so nobody may read
 * meanwhile. That no disc is opened is the expected end. Throws `timeout` when it does not come to one, `cancelled`,
 * `tool-missing`.
 */
export async function probeMakeMkv(
  program: MakeMkvProgram,
  { bus, signal }: Options,
): Promise<RunLog> {
  const { home, limits } = program;
  await prepareSettings(home);
  return bus.scan(
    async () => {
      const limit = AbortSignal.timeout(limits.probe);
      const run = {
        args: ['--cache=1', 'info', 'disc:9999'],
        device: null,
        signal: AbortSignal.any([signal, limit]),
      };
      try {
        return (await runMakeMkv(program, run)).log;
      } catch (error) {
        throw limit.aborted && !signal.aborted ? silent(limits.probe, error) : error;
      }
    },
    { signal },
  );
}

function silent(milliseconds: number, cause: unknown): DiscflowError {
  return new DiscflowError(
    'timeout',
    `MakeMKV said nothing of itself within ${milliseconds / 1000} s`,
    {
      hint: 'Versions 1.18.1 and 1.18.2 hang with some drives when they fetch data: update MakeMKV. Discs are read all the same.',
      cause,
    },
  );
}
