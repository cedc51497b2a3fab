import { join } from 'node:path';
import type { Config } from '../config/resolve.ts';
import type { Problem } from '../contract/problem.ts';
import { toProblem } from '../errors.ts';
import type { Drive, DriveListener } from './drive.ts';
import { ImageFolder } from './image-folder/image-folder.ts';
import { OpticalDrives } from './optical/optical-drives.ts';
import type { DrivePlatform } from './optical/platform.ts';

interface StationDrivesOptions {
  readonly config: Pick<Config, 'drives' | 'opticalDrives' | 'optical' | 'state'>;
  /** Null where nobody can see optical drives. */
  readonly platform: DrivePlatform | null;
  readonly listenerOf: (id: string) => DriveListener;
  /** An optical drive that was not known before; told before anything of its disc. */
  readonly found: (drive: Drive) => void;
  readonly report: (key: string, problem: Problem | null) => void;
}

/** Every place for discs that the station has: the folders of images and the optical drives. */
export class StationDrives {
  readonly #options: StationDrivesOptions;
  readonly #drives: Drive[];
  readonly #folders: readonly ImageFolder[];
  readonly #optical: OpticalDrives | null;
  readonly #started = new Set<Drive>();
  #hasLooked = false;

  constructor(options: StationDrivesOptions) {
    this.#options = options;
    this.#folders = this.#createFolders();
    this.#optical = this.#createOptical();
    this.#drives = [...this.#folders, ...(this.#optical?.drives ?? [])];
  }

  /** Grows while drives are plugged in. */
  get all(): readonly Drive[] {
    return this.#drives;
  }

  get(id: string): Drive | undefined {
    return this.#drives.find((drive) => drive.id === id);
  }

  /** Whether a drive has said what is in it; one that does not exist has nothing to say when all have looked. */
  hasLooked(id: string): boolean {
    const drive = this.get(id);
    return drive ? this.#started.has(drive) && !drive.loading : this.#hasLooked;
  }

  async start(): Promise<void> {
    for (const folder of this.#folders) await this.#begin(folder);
    const { report } = this.#options;
    await this.#optical?.start().catch((error: unknown) => report('drive-watch', toProblem(error)));
    for (const drive of this.#optical?.drives ?? []) this.#started.add(drive);
    this.#hasLooked = true;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#folders.map((folder) => folder.stop()), this.#optical?.stop()]);
  }

  async #begin(drive: Drive): Promise<void> {
    const { report } = this.#options;
    await drive.start().catch((error: unknown) => report(`drive-${drive.id}`, toProblem(error)));
    this.#started.add(drive);
  }

  #createFolders(): ImageFolder[] {
    const { config, listenerOf } = this.#options;
    return config.drives.map(
      ({ id, name, folder, settle_seconds, eject }) =>
        new ImageFolder({
          id,
          name,
          folder,
          settleSeconds: settle_seconds,
          ejectTo: eject,
          memory: join(config.state, `drive-${id}.json`),
          listener: listenerOf(id),
        }),
    );
  }

  #createOptical(): OpticalDrives | null {
    const { config, platform, listenerOf, found, report } = this.#options;
    const { discover, debounce_seconds, label_seconds, readable_seconds } = config.optical;
    const isWanted = discover || config.opticalDrives.length > 0;
    if (!platform || !isWanted) return null;
    return new OpticalDrives({
      platform,
      configured: config.opticalDrives,
      discover,
      timings: {
        debounceMs: debounce_seconds * 1000,
        labelMs: label_seconds * 1000,
        readableMs: readable_seconds * 1000,
      },
      state: config.state,
      taken: config.drives.map(({ id }) => id),
      listenerOf,
      found: (drive) => {
        this.#drives.push(drive);
        if (this.#hasLooked) this.#started.add(drive);
        found(drive);
      },
      report,
    });
  }
}
