/** What a drive says of the disc in it, from its table of contents alone: nothing was opened for it. */
export interface MediaFacts {
  /** What the disc is made as; burned and rewritable ones count as what they imitate. */
  readonly type: 'cd' | 'dvd' | 'bluray' | 'unknown';
  /** Nothing has ever been written to it. */
  readonly blank: boolean;
  /** Null when the drive or the system does not tell. */
  readonly audioTracks: number | null;
  readonly dataTracks: number | null;
  /** Capacity that is in use; null when it is not known. */
  readonly bytes: number | null;
  /** Volume label as the system reports it: hostile text, and never an identity. Null: none, or not read yet. */
  readonly label: string | null;
  /** "udf", "iso9660" …; null on discs without a file system, or not read yet. */
  readonly fileSystem: string | null;
  /** Identity of the file system, if it has one. */
  readonly uuid: string | null;
}
