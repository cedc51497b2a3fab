import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingAuthoringPackages } from '../authoring/authoring-tools.ts';
import { type DiscName, makeDiscs, type TestDisc } from './discs.ts';
import { BROKER_PORT, type GuestStation, startGuestStation } from './guest-station.ts';
import { buildMachine, PackagesUnavailable } from './machine/build-machine.ts';
import { type Machine, startMachine } from './machine/machine.ts';
import { type DiscFault, type Hands, handsOn, plugIn, unplug } from './machine/optical-drive.ts';
import { whyNoMachine } from './machine/requirements.ts';
import { type ScenarioLog, startLog } from './scenario-log.ts';

/** Known by the serial numbers that the machine's drives state. */
const DRIVES = [
  { id: 'left', serial: 'SERIAL0' },
  { id: 'right', serial: 'SERIAL1' },
];

/** A drive with a name, and what a person does to it; all of it is in the log. */
export interface SceneDrive extends Hands {
  readonly id: string;
  lay(disc: TestDisc, fault?: DiscFault): Promise<void>;
}

/** Everything that a scenario needs. */
export interface Scene {
  readonly machine: Machine;
  readonly station: GuestStation;
  readonly log: ScenarioLog;
  readonly discs: Record<DiscName, TestDisc>;
  readonly left: SceneDrive;
  readonly right: SceneDrive;
  /** A third drive, which the configuration does not name. */
  plugInAnother(): Promise<SceneDrive & { unplug(): Promise<void> }>;
  end(): Promise<void>;
}

/** Boots the machine with two drives and starts the station in it; skips the suite, with a reason, where that cannot be. */
export async function setScene(test: Mocha.Context): Promise<Scene> {
  const reason = (await whyNoMachine()) ?? (await whyNoDiscs());
  if (reason !== null) skip(test, reason);
  const files = await buildMachine().catch((error) => {
    if (error instanceof PackagesUnavailable) skip(test, error.message);
    throw error;
  });
  const folder = await mkdtemp(join(tmpdir(), 'discflow-drive-'));
  const discs = await makeDiscs(folder);
  const machine = await startMachine({ files, drives: DRIVES.length, forward: BROKER_PORT });
  const end = async () => {
    await station?.observer.stop();
    await machine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  let station: GuestStation | undefined;
  try {
    const log = startLog(machine, await machine.clockAhead());
    station = await startGuestStation(machine, DRIVES);
    log.follow(station.observer);
    const [left, right] = DRIVES.map(({ id }, index) =>
      drive(id, handsOn(machine.qmp, `cd${index}`), log),
    );
    if (!left || !right) throw new Error('the scene has two drives');
    const plugInAnother = async () => {
      log.hand('a third drive is plugged in');
      const hands = await plugIn(machine.qmp, { id: 'cd2', serial: 'SERIAL2' });
      const third = drive('third', hands, log);
      return {
        ...third,
        unplug: () => {
          log.hand('third the plug is pulled');
          return unplug(machine.qmp, 'cd2');
        },
      };
    };
    return { machine, station, log, discs, left, right, plugInAnother, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function whyNoDiscs(): Promise<string | null> {
  const missing = await missingAuthoringPackages();
  return missing.length === 0 ? null : `discs cannot be authored without ${missing.join(', ')}`;
}

function skip(test: Mocha.Context, reason: string): never {
  console.log(`    skipped: ${reason}`);
  test.skip();
  throw new Error(reason);
}

function drive(id: string, hands: Hands, log: ScenarioLog): SceneDrive {
  return {
    id,
    ...hands,
    lay: (disc, fault = {}) => {
      log.hand(`${id.padEnd(5)} ${disc.label} is laid in${faultWords(fault)}`);
      return hands.insert(disc.image, fault);
    },
    pull: () => {
      log.hand(`${id.padEnd(5)} the disc is pulled out`);
      return hands.pull();
    },
    pressButton: () => {
      log.hand(`${id.padEnd(5)} the eject button is pressed`);
      return hands.pressButton();
    },
    pushTray: () => {
      log.hand(`${id.padEnd(5)} the tray goes in, with what lies on it`);
      return hands.pushTray();
    },
  };
}

function faultWords({ badSectors = [], bytesPerSecond }: DiscFault): string {
  const scratched = badSectors.length > 0 ? ', scratched' : '';
  const slow = bytesPerSecond === undefined ? '' : `, ${bytesPerSecond / 1000} kB/s`;
  return `${scratched}${slow}`;
}
