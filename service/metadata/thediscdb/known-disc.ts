import type { WorkKind } from '../works.ts';

export const itemTypes = [
  'main-movie',
  'episode',
  'trailer',
  'deleted-scene',
  'extra',
  'interview',
  'featurette',
  'scene',
  'music',
  'short',
  'other',
] as const;
export type ItemType = (typeof itemTypes)[number];

/** A disc as somebody has described it in TheDiscDB: in the order of the disc, and sometimes wrong. */
export interface KnownDisc {
  readonly title: string;
  readonly year: number | null;
  readonly kind: WorkKind | null;
  /** `tmdb` is the id of a film or of a show, as `kind` says. */
  readonly externalIds: {
    readonly tmdb: number | null;
    readonly imdb: string | null;
    readonly tvdb: number | null;
  };
  readonly release: {
    readonly slug: string | null;
    readonly title: string | null;
    readonly year: number | null;
    readonly region: string | null;
    readonly locale: string | null;
    readonly upc: string | null;
  };
  readonly disc: {
    /** Position in the release, from 1. */
    readonly index: number | null;
    readonly name: string | null;
    readonly format: 'dvd' | 'bluray' | 'uhd' | null;
    readonly contentHash: string | null;
    readonly globalDiscId: string | null;
  };
  readonly titles: readonly KnownTitle[];
}

export interface KnownTitle {
  /** "00800.mpls", "00002.mpls(1)", "00012.m2ts"; of a DVD the number of the title, "01". */
  readonly sourceFile: string;
  /** Of the title in the scan record: playlist, 100000 + clip of a bare stream, or DVD title. */
  readonly number: number | null;
  /** Blu-ray: clip ids. DVD: ranges of cells, which say nothing beside those of another title. */
  readonly segmentMap: string | null;
  /** Seconds. */
  readonly duration: number | null;
  /** Bytes. */
  readonly size: number | null;
  /** Null for a title that nobody has described. */
  readonly item: KnownItem | null;
}

export interface KnownItem {
  readonly type: ItemType;
  readonly title: string | null;
  readonly description: string | null;
  /** 0 = specials. */
  readonly season: number | null;
  readonly episodes: readonly number[];
  /** It shows other titles one after the other. */
  readonly playAll: boolean;
}
