import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../contract/problem.ts';
import { toProblem } from '../../errors.ts';
import type { DriveListener } from '../drive.ts';
import { type DriveWish, idOf, namesake } from './drive-identity.ts';
import { KnownDrives } from './known-drives.ts';
import { OpticalDrive, type OpticalTimings } from './optical-drive.ts';
import type { DrivePlatform, DriveSighting } from './platform.ts';

export interface OpticalDrivesOptions {
  readonly platform: DrivePlatform;
  /** Drives of the configuration; they exist also while they are not plugged in. */
  readonly configured: readonly (DriveWish & { readonly name: string | null })[];
  /** Whether drives count that the configuration does not name. */
  readonly discover: boolean;
  readonly timings: OpticalTimings;
  /** Folder of what is remembered. */
  readonly state: string;
  /** Ids that other places for discs have. */
  readonly taken: readonly string[];
  readonly listenerOf: (id: string) => DriveListener;
  /** A drive that was not known at the start; told before anything of its disc. */
  readonly found: (drive: OpticalDrive) => void;
  readonly report: (key: string, problem: Problem | null) => void;
}

interface Bound {
  readonly drive: OpticalDrive;
  sighting: DriveSighting;
}

/** All optical drives of the station: finds out which is which whenever one comes, goes, or changes its number. */
export class OpticalDrives {
  readonly #options: OpticalDrivesOptions;
  readonly #known: KnownDrives;
  readonly #drives = new Map<string, OpticalDrive>();
  /** By the name that the system has for a drive at this moment. */
  readonly #bound = new Map<string, Bound>();
  #watch: { stop(): Promise<void> } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OpticalDrivesOptions) {
    this.#options = options;
    this.#known = new KnownDrives(join(options.state, 'optical-drives.json'));
    for (const { id, name } of options.configured) this.#drives.set(id, this.#create(id, name));
  }

  get drives(): OpticalDrive[] {
    return [...this.#drives.values()];
  }

  /** Resolves when every drive that is plugged in has been looked at. */
  async start(): Promise<void> {
    const { platform, report } = this.#options;
    await this.#known.open();
    for (const drive of this.drives) await this.#begin(drive);
    this.#watch = await platform.watch({
      seen: (sighting) => this.#inTurn(() => this.#seen(sighting)),
      gone: (name) => this.#inTurn(() => this.#gone(name)),
      troubled: (problem) => report('drive-watch', problem),
    });
    await this.#turn;
  }

  async stop(): Promise<void> {
    await this.#watch?.stop();
    await this.#turn;
    await Promise.all(this.drives.map((drive) => drive.stop()));
  }

  async #seen(sighting: DriveSighting): Promise<void> {
    const bound = this.#bound.get(sighting.name);
    if (bound && isDeepStrictEqual(bound.sighting.hardware, sighting.hardware)) {
      bound.sighting = sighting;
      return bound.drive.seen(sighting);
    }
    // Another drive has taken the name, before anybody said that the last one went.
    const completed = bound && isMoreOf(bound.sighting, sighting);
    if (bound && !completed) await this.#gone(sighting.name);
    const drive = completed ? bound.drive : await this.#identify(sighting);
    if (!drive) return;
    this.#bound.set(sighting.name, { drive, sighting });
    await this.#remember(drive.id, sighting);
    await drive.seen(sighting);
  }

  async #gone(name: string): Promise<void> {
    const bound = this.#bound.get(name);
    this.#bound.delete(name);
    this.#options.report(`drive-number-${name}`, null);
    await bound?.drive.gone();
  }

  async #identify(sighting: DriveSighting): Promise<OpticalDrive | null> {
    const { configured, discover, taken, found, report } = this.#options;
    const others = [...this.#bound.values()].map((bound) => bound.sighting);
    const present = [...this.#bound.values()].map(({ drive }) => drive.id);
    const id = idOf(sighting, {
      wishes: configured,
      names: this.#known.names,
      taken: new Set([...taken, ...present]),
      others,
      devices: await realPaths(configured),
    });
    const twin = namesake(sighting, others);
    report(`drive-number-${sighting.name}`, twin && sameNumber(sighting, twin));
    const drive = this.#drives.get(id);
    if (drive || !discover) return drive ?? null;
    const fresh = this.#create(id, null, sighting);
    this.#drives.set(id, fresh);
    await this.#begin(fresh);
    found(fresh);
    return fresh;
  }

  async #remember(id: string, { hardware }: DriveSighting): Promise<void> {
    const { serial, port, bridgeSerial, model } = hardware;
    const name = { id, serial, port, bridgeSerial, model };
    if (this.#known.names.some((known) => isDeepStrictEqual(known, name))) return;
    const forgotten = (error: unknown) => this.#options.report('drive-names', toProblem(error));
    await this.#known.remember(name).catch(forgotten);
  }

  #create(id: string, name: string | null, first?: DriveSighting): OpticalDrive {
    const { platform, timings, state, listenerOf, report } = this.#options;
    return new OpticalDrive({
      id,
      name,
      platform,
      timings,
      memory: join(state, `drive-${id}.json`),
      forgetful: (problem) => report(`drive-memory-${id}`, problem),
      listener: listenerOf(id),
      ...(first && { first }),
    });
  }

  /** A damaged memory is reported; the drive works without it, and a copy was kept. */
  async #begin(drive: OpticalDrive): Promise<void> {
    const { report } = this.#options;
    await drive.start().catch((error: unknown) => report(`drive-${drive.id}`, toProblem(error)));
  }

  #inTurn(action: () => Promise<void>): void {
    const failed = (error: unknown) => this.#options.report('drive-watch', toProblem(error));
    this.#turn = this.#turn.then(action).catch(failed);
  }
}

/** Udev learns of a drive bit by bit: what was not known before contradicts nothing. */
function isMoreOf({ hardware: before }: DriveSighting, { hardware: after }: DriveSighting) {
  return (['serial', 'port', 'bridgeSerial'] as const).every(
    (key) => before[key] === null || after[key] === null || before[key] === after[key],
  );
}

async function realPaths(wishes: readonly DriveWish[]): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  for (const { device } of wishes)
    if (device !== undefined) paths.set(device, await realpath(device).catch(() => device));
  return paths;
}

function sameNumber({ device, hardware }: DriveSighting, twin: DriveSighting): Problem {
  const number = hardware.serial ?? hardware.bridgeSerial;
  return {
    code: 'drive-ambiguous',
    message: `The drives ${twin.device} and ${device} state the same serial number, ${number}`,
    hint:
      'They are told apart by their ports, so leave each at its own. ' +
      'To name them, give each an entry with "port" in the configuration ("discflow drives" shows the ports).',
  };
}
