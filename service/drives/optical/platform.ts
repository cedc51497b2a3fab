import type { Problem } from '../../contract/problem.ts';
import type { MediaFacts } from '../../scan/media-facts.ts';

/** What can tell one drive from another, in the words of the system; null where it does not tell. */
export interface DriveHardware {
  /** Serial number that the drive itself states: it stays when the drive is moved to another port. */
  readonly serial: string | null;
  /** Serial number of the USB or other bridge before it; cheap bridges share one. */
  readonly bridgeSerial: string | null;
  /** Where it is plugged in ("pci-0000:00:14.0-usb-0:2:1.0-scsi-0:0:0:0"): another port, another text. */
  readonly port: string | null;
  readonly vendor: string | null;
  readonly model: string | null;
  /** Version of the firmware. */
  readonly revision: string | null;
}

/** What is in a drive at this moment. */
export type DriveContent =
  /** No disc; whether the tray is closed may be unknown. */
  | { readonly state: 'empty' }
  | { readonly state: 'open' }
  /** A disc is in, and the drive is still finding out what it is. */
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly media: MediaFacts }
  /** The system does not tell, and the drive did not answer in time or may not be asked. */
  | { readonly state: 'unknown' };

/** One optical drive as the system sees it now. */
export interface DriveSighting {
  /** The system's name for it ("sr0", "disk4", "D:"). Only good until the next sighting, never an identity. */
  readonly name: string;
  /** What a reader opens: "/dev/sr0", "/dev/rdisk4", "\\.\D:". */
  readonly device: string;
  /** What takes SCSI commands, where that is another device ("/dev/sg3"); null if there is none. */
  readonly passThrough: string | null;
  readonly hardware: DriveHardware;
  readonly content: DriveContent;
  /** Why the drive cannot be used as it is (no right to read its device …), naming what is missing. */
  readonly problem: Problem | null;
}

/** Who keeps a drive busy. */
export type DriveHolder =
  | { readonly kind: 'mount'; readonly path: string }
  | { readonly kind: 'process'; readonly pid: number; readonly program: string };

/** What a watch tells, in the order of what happened. */
export interface DriveWatcher {
  /** All of one drive, whenever something of it may have changed. The same again is harmless. */
  seen(sighting: DriveSighting): void;
  /** The drive of this name was unplugged, or has another name from now on. */
  gone(name: string): void;
  /** The watch works badly or not at all at present; null: well again. */
  troubled(problem: Problem | null): void;
}

/**
 * The optical drives of one operating system. Nothing here may close an open tray, mount anything, or wait for a
 * drive within this process: what touches a drive is a child process with a time limit. No state is kept beyond
 * what a watch needs; debouncing, identities and retries are the business of `OpticalDrive`.
 */
export interface DrivePlatform {
  /** For people and logs: "udev", "sysfs", "diskutil", "PowerShell". */
  readonly source: string;
  /** Set, as a sentence for people, where it has only been tested against recorded outputs. */
  readonly unproven?: string;
  /** Every optical drive there is now, in the order of the system. Never throws: no drives, empty list. */
  list(): Promise<readonly DriveSighting[]>;
  /**
   * Tells of the drives from now on, first of those that are there (before it resolves). Repairs itself: a program
   * that dies is started again, and until then drives are polled. `stop` resolves when nothing runs any more.
   */
  watch(watcher: DriveWatcher): Promise<{ stop(): Promise<void> }>;
  /**
   * Looks at one drive anew, past everything that may be stale, if need be by asking the drive itself. Takes no
   * longer than about 20 s: then the content is `unknown`. Null when the drive is not there any more.
   */
  look(name: string): Promise<DriveSighting | null>;
  /**
   * Tries once to open the tray, unmounting what may be unmounted; with `force` it first takes back a lock of the
   * door. Whether the disc came out is seen by `watch` or `look`. Throws `eject-failed` or `tool-missing`, with the
   * program's own words as cause; who is in the way is asked with `holders` afterwards. Throws `cancelled` when the
   * signal aborts.
   */
  eject(drive: DriveSighting, options: { force: boolean; signal: AbortSignal }): Promise<void>;
  /** Mounts and foreign processes that use the drive, as far as the user of the service may see them. */
  holders(drive: DriveSighting): Promise<readonly DriveHolder[]>;
  /**
   * What keeps drives of this machine from being seen or used at all, for `doctor` and the log: a missing program,
   * group, device node or container option. Empty when nothing does, also on a machine without drives.
   */
  missing(): Promise<readonly Problem[]>;
}
