import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../../../service/contract/problem.ts';
import { OpticalDrive } from '../../../../service/drives/optical/optical-drive.ts';
import type {
  DriveContent,
  DriveHolder,
  DriveSighting,
} from '../../../../service/drives/optical/platform.ts';
import type { MediaFacts } from '../../../../service/scan/media-facts.ts';

export const TIMINGS = { debounceMs: 500, labelMs: 30_000, readableMs: 120_000 };

export const film: MediaFacts = {
  type: 'dvd',
  blank: false,
  audioTracks: null,
  dataTracks: 1,
  bytes: 4_000_000_000,
  label: 'LONG_MERIDIAN',
  fileSystem: 'udf',
  uuid: '1f2e3d4c',
};
export const show: MediaFacts = { ...film, label: 'HARBOUR_LIGHTS', uuid: '5a6b7c8d' };
export const unlabelled: MediaFacts = { ...film, label: null, fileSystem: null, uuid: null };
export const music: MediaFacts = {
  ...unlabelled,
  type: 'cd',
  audioTracks: 12,
  dataTracks: null,
  bytes: 600_000_000,
};

export const empty: DriveContent = { state: 'empty' };
export const open: DriveContent = { state: 'open' };
export const loading: DriveContent = { state: 'loading' };
export const unknown: DriveContent = { state: 'unknown' };
export const holding = (media: MediaFacts): DriveContent => ({ state: 'loaded', media });

export function sighted(content: DriveContent, change: Partial<DriveSighting> = {}): DriveSighting {
  return {
    name: 'sr0',
    device: '/dev/sr0',
    passThrough: '/dev/sg1',
    hardware: {
      serial: 'K1AB2',
      bridgeSerial: null,
      port: 'pci-0000:00:17.0-ata-3',
      vendor: 'ACME',
      model: 'BD-RE 16',
      revision: '1.02',
    },
    content,
    problem: null,
    ...change,
  };
}

/** A drive on a system that does what the test wants, and everything that the drive told. */
export class SomeDrive {
  readonly told: string[] = [];
  readonly ejects: boolean[] = [];
  /** What hinders the drive's memory. */
  forgetful: Problem | null = null;
  readonly folder: string;
  drive: OpticalDrive;
  /** What an eject leads to; by default the tray opens. */
  onEject: (force: boolean) => Promise<void> = async () => {
    await this.see(empty);
  };
  onLook: () => DriveSighting | null = () => this.drive.sighting;
  holders: DriveHolder[] = [];

  get memory(): string {
    return join(this.folder, 'drive-main.json');
  }

  private constructor(folder: string) {
    this.folder = folder;
    this.drive = this.#build();
  }

  static async create(): Promise<SomeDrive> {
    const some = new SomeDrive(await mkdtemp(join(tmpdir(), 'discflow-optical-')));
    await some.drive.start();
    return some;
  }

  async remove(): Promise<void> {
    await this.drive.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  see(content: DriveContent): Promise<void> {
    return this.drive.seen(sighted(content));
  }

  /** A new service on the same memory. */
  async restart(): Promise<void> {
    await this.drive.stop();
    this.told.length = 0;
    this.drive = this.#build();
    await this.drive.start();
  }

  #build(): OpticalDrive {
    return new OpticalDrive({
      id: 'main',
      name: null,
      timings: TIMINGS,
      ejectTimings: { pauseMs: 5, seenOutMs: 20 },
      memory: this.memory,
      forgetful: (problem) => {
        this.forgetful = problem;
      },
      clock: () => Date.now(),
      platform: {
        eject: (_drive, { force }) => {
          this.ejects.push(force);
          return this.onEject(force);
        },
        look: async () => this.onLook(),
        holders: async () => this.holders,
      },
      listener: {
        inserted: ({ label }) => this.told.push(`in ${label}`),
        removed: ({ label }, by) => this.told.push(`out ${label} by ${by}`),
        changed: () => undefined,
      },
    });
  }
}
