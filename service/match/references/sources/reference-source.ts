import type { ReferenceQuery, ReferenceSourceName } from '../reference.ts';

/** A file that may be a reference, known by its name alone so far. */
export interface ReferenceFile {
  readonly source: ReferenceSourceName;
  readonly origin: string;
  readonly season: number;
  /** In order and never empty. */
  readonly episodes: readonly number[];
  readonly name: string | null;
  readonly language: string | null;
  readonly forced: boolean;
  /** The title of another show that it names, although it lies in the folder of this one. */
  readonly otherShow: string | null;
  read(options: { signal: AbortSignal }): Promise<ReadOutcome>;
}

export type ReadOutcome =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  /** It cannot be had; `says` is the end of "It …". */
  | { readonly state: 'unreadable'; readonly says: string }
  /** Neither can any other of this source for now: the day's quota is used, the network is away. */
  | { readonly state: 'closed'; readonly note: string };

export interface SourceFiles {
  /** The most trusted of an episode first. */
  readonly files: readonly ReferenceFile[];
  readonly notes: readonly string[];
  /** False when the source could not tell, so that nothing is known to be missing. */
  readonly complete: boolean;
}

/** Where references come from. */
export interface ReferenceSource {
  readonly name: ReferenceSourceName;
  /** Each file costs something: it is asked for what nobody else has, and file by file. */
  readonly metered: boolean;
  /** Rejects with the reason of the signal, and never otherwise. */
  list(query: ReferenceQuery, options: { signal: AbortSignal }): Promise<SourceFiles>;
}
