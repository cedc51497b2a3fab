import { z } from 'zod';
import { AudioTrack, SubtitleTrack, VideoTrack } from '../contract/title.ts';

/** A run of sectors that plays without interruption. Same key = same bytes on the disc. */
export const Cell = z.object({
  key: z.string().describe('"<titleset>:<VOB id>.<cell id>"'),
  firstSector: z.int().nonnegative().describe("within the title set's VOBs, in 2048-byte sectors"),
  lastSector: z.int().nonnegative().describe('inclusive'),
  duration: z.number().nonnegative().describe('seconds, NTSC corrected'),
  interleaved: z.boolean().describe('shares its sectors with other angles, VOBU by VOBU'),
});
export type Cell = z.infer<typeof Cell>;

/** A stretch of one clip that a Blu-ray playlist plays. */
export const PlayItem = z.object({
  clip: z
    .string()
    .regex(/^\d{5}$/)
    .describe('of the first angle: STREAM/<clip>.m2ts'),
  angles: z.array(z.string().regex(/^\d{5}$/)).describe('clips of the other angles'),
  in: z.int().nonnegative().describe('start in the clip, 45 kHz'),
  out: z.int().nonnegative().describe('end in the clip, 45 kHz; never before `in`'),
  bytes: z
    .int()
    .nonnegative()
    .describe(
      'of the stretch that is played, between entry points of the clip information; all of the clip where that is unreadable',
    ),
  seamless: z.boolean().describe('joins the item before it without a gap'),
});
export type PlayItem = z.infer<typeof PlayItem>;

/** Clips that play beside the items of a playlist: they say what a title is, and are not content of its own. */
export const SubPath = z.object({
  kind: z.enum([
    'slideshow-audio',
    'menu',
    'text-subtitles',
    'secondary',
    'picture-in-picture',
    'stereo-3d',
    'dolby-vision',
    'unknown',
  ]),
  clips: z.array(z.string().regex(/^\d{5}$/)),
});
export type SubPath = z.infer<typeof SubPath>;

/** How a title relates to others, from what they play alone. */
export const Relation = z.object({
  kind: z.enum(['play-all', 'duplicate', 'decoy', 'cut', 'chapter-of']),
  of: z
    .array(z.int().min(0))
    .describe('title numbers: the members, the original, or the other cuts'),
});
export type Relation = z.infer<typeof Relation>;

const common = {
  number: z
    .int()
    .min(0)
    .describe('DVD: title; Blu-ray: playlist, or 100000 + clip for a stream without a playlist'),
  duration: z.number().nonnegative().describe('seconds; NTSC BCD times multiplied by 1001/1000'),
  bytes: z.int().nonnegative().describe('exact size of what is played'),
  video: VideoTrack,
  angles: z.int().min(1).max(99),
  chapters: z.array(z.number().nonnegative()).describe('starts in seconds'),
  relation: Relation.nullable(),
};

export const DvdTitle = z.object({
  ...common,
  standard: z.enum(['ntsc', 'pal']),
  titleSet: z.int().min(1).max(99),
  numberInSet: z.int().min(1).max(99),
  audio: z
    .array(AudioTrack.extend({ streamId: z.int() }))
    .describe('streamId: private stream 1 substream (0x80…) or MPEG audio stream (0xC0…)'),
  subtitles: z.array(SubtitleTrack.extend({ streamId: z.int() })).describe('streamId: 0x20-0x3f'),
  palette: z
    .array(z.string().regex(/^[0-9a-f]{6}$/))
    .length(16)
    .describe('RGB, hex'),
  cells: z.array(Cell).describe('in playing order; of an angle block only the first angle'),
});
export type DvdTitle = z.infer<typeof DvdTitle>;

export const BlurayTitle = z.object({
  ...common,
  playlist: z
    .string()
    .regex(/^\d{5}$/)
    .nullable()
    .describe('PLAYLIST/<playlist>.mpls; null: a stream of 20 s and more that no playlist plays'),
  audio: z
    .array(AudioTrack.extend({ streamId: z.int() }))
    .describe(
      'streamId: PID, 0x1100…, one each; languages ISO 639-2; 6 channels mean "several"; secondary audio is commentary',
    ),
  subtitles: z
    .array(SubtitleTrack.extend({ streamId: z.int() }))
    .describe('streamId: PID, 0x1200…; the disc does not say which are forced'),
  items: z
    .array(PlayItem)
    .describe('in playing order; loops and stretches below 1 s as the disc has them'),
  subPaths: z.array(SubPath),
});
export type BlurayTitle = z.infer<typeof BlurayTitle>;

/** A title that only MakeMKV tells of, because our own readers cannot read the structure. */
export const ListedTitle = z.object({
  ...common,
  audio: z.array(AudioTrack.extend({ streamId: z.int() })),
  subtitles: z.array(SubtitleTrack.extend({ streamId: z.int() })),
  clips: z
    .array(z.string())
    .nullable()
    .describe('Blu-ray: clips in playing order; null where they cannot be compared between titles'),
});
export type ListedTitle = z.infer<typeof ListedTitle>;

export type ScannedTitle = DvdTitle | BlurayTitle | ListedTitle;

const disc = {
  v: z.literal(1),
  source: z.string(),
  label: z.string().describe('of the volume'),
  name: z.string().nullable().describe("the title in the disc's own menu data (Blu-ray)"),
  fingerprint: z
    .string()
    .regex(/^[0-9A-F]{32}$/)
    .describe('TheDiscDB content hash'),
  globalId: z
    .string()
    .regex(/^(?:[0-9A-F]{32}|[0-9A-F]{40})$/)
    .nullable()
    .describe('TheDiscDB GlobalDiscId: libdvdread disc id, or SHA-1 of Unit_Key_RO.inf'),
  bytes: z.int().nonnegative().describe("sum of the sizes of the disc format's files"),
  encryption: z.enum(['css', 'aacs', 'bdplus']).nullable(),
  unreadable: z
    .array(z.object({ number: z.int().min(0), reason: z.string() }))
    .describe('titles or playlists that are on the disc but cannot be read at all'),
  damaged: z.array(z.string()).describe('files read from their backup or not at all, in words'),
};

export const DvdScan = z.object({
  ...disc,
  structure: z.literal('ifo'),
  kind: z.literal('dvd'),
  titles: z.array(DvdTitle),
});
export type DvdScan = z.infer<typeof DvdScan>;

export const BlurayScan = z.object({
  ...disc,
  structure: z.literal('mpls'),
  kind: z.enum(['bluray', 'uhd']),
  titles: z.array(BlurayTitle),
});
export type BlurayScan = z.infer<typeof BlurayScan>;

/** The structure could not be read by us; lengths and sizes as MakeMKV gives them. */
export const ListedScan = z.object({
  ...disc,
  structure: z.literal('makemkv'),
  kind: z.enum(['dvd', 'bluray', 'uhd']),
  titles: z.array(ListedTitle),
});
export type ListedScan = z.infer<typeof ListedScan>;

/**
 * Everything the disc's own structure says, the same for every source. Printed by `discflow scan --json`.
 */
export const DiscScan = z.discriminatedUnion('structure', [DvdScan, BlurayScan, ListedScan]);
export type DiscScan = z.infer<typeof DiscScan>;
