import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createDriveBus } from '../../../service/makemkv/drive-bus.ts';
import { storeKey } from '../../../service/makemkv/key-store.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../service/makemkv/limits.ts';
import { createMakeMkv, type MakeMkv } from '../../../service/makemkv/makemkv.ts';
import { createToolFinder } from '../../../service/tools/find.ts';
import { createToolRunner } from '../../../service/tools/run.ts';
import { scrambleImage } from '../../authoring/disc-faults.ts';
import { installStandIn, setScenario } from '../../makemkv/install.ts';
import type { ScenarioInput } from '../../makemkv/scenario.ts';
import { jobFor, type Ripped, ripDisc, scanOf } from '../rip/rip-disc.ts';

/** Shorter than for a real drive, and long enough for a busy machine: discs here have some megabytes. */
export const QUICK: Limits = {
  ...DEFAULT_LIMITS,
  silence: 20_000,
  stall: 20_000,
  leastGrowth: 64 * 1024,
  killAfter: 500,
  poll: 50,
};

/** A MakeMKV of its own, with a disc that looks encrypted. */
export interface StandInStation {
  folder: string;
  staging: string;
  image: string;
  makemkv: MakeMkv;
  /** Sets what is to happen, then rips these titles. */
  rip(
    wanted: readonly number[],
    scenario?: ScenarioInput,
    known?: Partial<RipKnown>,
  ): Promise<Ripped>;
  /** The key that was entered, or none. */
  giveKey(key: string | null): Promise<void>;
  /** Another text for the program; null: the stand-in again. */
  replaceProgram(text: string | null): Promise<void>;
  end(): Promise<void>;
}

type RipKnown = Omit<Parameters<typeof ripDisc>[0], 'staging'>;

export async function standInStation({
  disc,
  pace = 0,
  limits = QUICK,
  mode = 'mkv',
}: {
  disc: string;
  pace?: number;
  limits?: Limits;
  mode?: 'mkv' | 'backup';
}): Promise<StandInStation> {
  const folder = await mkdtemp(join(tmpdir(), 'makemkv-'));
  const [image, staging] = [join(folder, 'SCRAMBLED.iso'), join(folder, 'staging')];
  await scrambleImage({ image: disc, output: image });
  const program = await installStandIn({ folder: join(folder, 'program'), pace });
  const run = createToolRunner();
  const finder = createToolFinder({ run, configured: { makemkvcon: program } });
  const makemkv = createMakeMkv({
    find: finder.find,
    locate: finder.locate,
    run,
    home: join(folder, 'home'),
    enabled: true,
    minLength: 1,
    mode,
    bus: createDriveBus(),
    limits,
    log: pino({ level: 'silent' }),
  });
  return {
    folder,
    staging,
    image,
    makemkv,
    async rip(wanted, scenario = {}, known = {}) {
      await setScenario(join(folder, 'program'), scenario);
      const job = known.job ?? jobFor(await scanOf(image), wanted);
      return ripDisc({ ...known, job, staging, makemkv });
    },
    async giveKey(key) {
      const home = join(folder, 'home');
      await rm(home, { recursive: true, force: true });
      if (key !== null) await storeKey(home, key);
    },
    async replaceProgram(text) {
      if (text === null) await installStandIn({ folder: join(folder, 'program'), pace });
      else await writeFile(program, text, { mode: 0o755 });
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}
