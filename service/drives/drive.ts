import type { Problem } from '../contract/problem.ts';
import type { DriveAttributes } from '../contract/station.ts';
import type { MediaFacts } from '../scan/media-facts.ts';

/** A disc that can be read now. The label is what its carrier says: hostile, and never an identity. */
export interface LoadedDisc {
  /** Path of the device, image or folder. The next disc in a drive has the same path. */
  readonly source: string;
  readonly label: string;
  /** What the drive says of it; null for images and folders. */
  readonly media: MediaFacts | null;
}

/** What a drive tells; called in order, never while a call is still running. */
export interface DriveListener {
  inserted(disc: LoadedDisc): void;
  /** Out by `eject()` or taken by a person; what is still being read of it fails from now on. */
  removed(disc: LoadedDisc, by: 'eject' | 'person'): void;
  /** Anything of the drive beside its disc is another than before. */
  changed(): void;
}

/** A place for discs, one at a time. The settings are readable before `start()` and after `stop()`. */
export interface Drive {
  readonly id: string;
  readonly name: string;
  readonly kind: DriveAttributes['kind'];
  /** Where it is, for people: a folder or a device. */
  readonly location: string;
  /** False while it is unplugged. */
  readonly available: boolean;
  readonly disc: LoadedDisc | null;
  /** A disc is on its way in but cannot be read yet. */
  readonly loading: boolean;
  /** What else is going on with the tray. */
  readonly tray: 'open' | 'ejecting' | null;
  /** Label of a disc that was let out and is back without anybody's doing: it is left alone. */
  readonly leftAlone: string | null;
  /** Discs that wait for this one to leave. */
  readonly queued: number;
  /** Why the drive cannot be used at present; it goes away by itself. */
  readonly problem: Problem | null;
  /** Tells of the disc that is in already, too. Throws `state-damaged` when its memory cannot be read. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Lets the disc out and loads the next one. With a `source` only that disc: asked again after a crash,
   * it must not throw out the next one. Throws `eject-failed`, and the disc stays in.
   */
  eject(source?: string): Promise<void>;
  /**
   * Looks at once what is in it, because a person says that a disc is: also where the system tells of no discs, and
   * at a disc that was left alone. Throws `drive-unavailable`.
   */
  look(): Promise<void>;
  /** Whether this disc is still in, by the drive's own word: asked when a read of it has failed. */
  isStillIn(source: string): Promise<boolean>;
}
