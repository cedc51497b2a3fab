import { z } from 'zod';
import { AudioTrack, SubtitleTrack } from '../contract/title.ts';

/** A run of sectors that plays without interruption. Same key = same bytes on the disc. */
export const Cell = z.object({
  key: z.string().describe('"<titleset>:<VOB id>.<cell id>"'),
  firstSector: z.int().nonnegative().describe("within the title set's VOBs, in 2048-byte sectors"),
  lastSector: z.int().nonnegative().describe('inclusive'),
  duration: z.number().nonnegative().describe('seconds, NTSC corrected'),
  interleaved: z.boolean().describe('shares its sectors with other angles, VOBU by VOBU'),
});
export type Cell = z.infer<typeof Cell>;

/** How a title relates to others, from their cell sets alone. */
export const Relation = z.object({
  kind: z.enum(['play-all', 'duplicate', 'cut', 'chapter-of']),
  of: z
    .array(z.int().min(1))
    .describe('title numbers: the members, the original, or the other cuts'),
});
export type Relation = z.infer<typeof Relation>;

export const ScannedTitle = z.object({
  number: z.int().min(1),
  titleSet: z.int().min(1).max(99),
  numberInSet: z.int().min(1).max(99),
  duration: z.number().nonnegative().describe('seconds; NTSC BCD times multiplied by 1001/1000'),
  bytes: z.int().nonnegative(),
  standard: z.enum(['ntsc', 'pal']),
  width: z.int().positive(),
  height: z.int().positive(),
  aspect: z.enum(['4:3', '16:9']),
  angles: z.int().min(1).max(9),
  chapters: z.array(z.number().nonnegative()).describe('starts in seconds'),
  audio: z
    .array(AudioTrack.extend({ streamId: z.int() }))
    .describe('streamId: private stream 1 substream (0x80…) or MPEG audio stream (0xC0…)'),
  subtitles: z.array(SubtitleTrack.extend({ streamId: z.int() })).describe('streamId: 0x20-0x3f'),
  palette: z
    .array(z.string().regex(/^[0-9a-f]{6}$/))
    .length(16)
    .describe('RGB, hex'),
  cells: z.array(Cell).describe('in playing order; of an angle block only the first angle'),
  relation: Relation.nullable(),
});
export type ScannedTitle = z.infer<typeof ScannedTitle>;

/** Everything the disc's own structure says. Printed by `discflow scan --json`. */
export const DiscScan = z.object({
  v: z.literal(1),
  kind: z.literal('dvd'),
  source: z.string(),
  label: z.string(),
  fingerprint: z
    .string()
    .regex(/^[0-9A-F]{32}$/)
    .describe('TheDiscDB content hash'),
  globalId: z
    .string()
    .regex(/^[0-9A-F]{32}$/)
    .describe('TheDiscDB GlobalDiscId = libdvdread disc id'),
  bytes: z.int().nonnegative().describe('sum of the sizes of the files in VIDEO_TS'),
  encryption: z.enum(['css']).nullable(),
  titles: z.array(ScannedTitle),
  unreadable: z
    .array(z.object({ number: z.int().min(1), reason: z.string() }))
    .describe('titles of sets that are on the disc but cannot be read at all'),
  damaged: z.array(z.string()).describe('files read from their backup or not at all, in words'),
});
export type DiscScan = z.infer<typeof DiscScan>;
