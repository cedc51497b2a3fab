import type { TitleId } from '../contract/values.ts';
import type { ScannedTitle } from '../scan/record.ts';

export interface WantedTitle {
  readonly id: TitleId;
  readonly title: ScannedTitle;
  /** Where the finished MKV goes. */
  readonly file: string;
}

/** Told of every transition of a title, in order. */
export interface TitleReports {
  started(wanted: WantedTitle): Promise<void>;
  ripped(wanted: WantedTitle): Promise<void>;
  failed(wanted: WantedTitle, error: unknown): Promise<void>;
  /** Not begun after all: the disk was full. */
  returned(wanted: WantedTitle): Promise<void>;
  /** Bytes of a title were read. */
  read(wanted: WantedTitle, bytes: number): void;
}
