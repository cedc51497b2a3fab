/** A file that is subtitles by its name, in a folder or in an archive there. */
export interface SubtitleFile {
  /** For people. */
  readonly path: string;
  /** From the folder that was listed, with "/" between its parts; an archive counts as a folder. */
  readonly relative: string;
  /** Bytes. */
  readonly size: number;
  /** Throws errors of the disk or the archive. */
  read(): Promise<Uint8Array>;
}
