/** A DVD sector, Blu-ray sector and program stream pack are all this long. */
export const SECTOR_BYTES = 2048;

export interface MediumFile {
  /** Upper-case path below the root, "VIDEO_TS/VTS_01_1.VOB". */
  readonly path: string;
  readonly bytes: number;
}

/**
 * A disc's files, readable without a mount: an ISO image, a block device or a folder.
 * Reading past the end or over a bad sector throws `read-error`; a disc that is gone `disc-removed`.
 */
export interface Medium {
  readonly source: string;
  readonly origin: 'image' | 'device' | 'folder';
  /** What the volume calls itself; the folder's name for a folder. */
  readonly label: string;
  /** The files below VIDEO_TS, BDMV and the like; those of a data disc are not looked at. */
  readonly files: readonly MediumFile[];
  /** Fills a buffer of the caller with the bytes at `position` of a file. */
  read(path: string, position: number, into: Buffer): Promise<void>;
  /** Where a file of a folder is, for programs that can read it there; undefined in images and drives. */
  localPath?(path: string): string | undefined;
  close(): Promise<void>;
}
