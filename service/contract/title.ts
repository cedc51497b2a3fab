import { z } from 'zod';
import { Problem } from './problem.ts';
import { DecidedBy, Evidence, Language, Line, TitleId } from './values.ts';

export const titleStates = [
  'pending',
  'ripping',
  'ripped',
  'matching',
  'matched',
  'completed',
  'review',
  'skipped',
  'failed',
] as const;
export const TitleState = z.enum(titleStates);
export type TitleState = z.infer<typeof TitleState>;

export const titleRoles = [
  'main',
  'cut',
  'episode',
  'play-all',
  'duplicate',
  'decoy',
  'extra',
  'trailer',
  'junk',
  'unknown',
] as const;
export const TitleRole = z.enum(titleRoles);
export type TitleRole = z.infer<typeof TitleRole>;

export const VideoTrack = z.object({
  codec: z.enum(['mpeg1', 'mpeg2', 'avc', 'hevc', 'vc1', 'unknown']),
  width: z.int().nonnegative(),
  height: z.int().nonnegative(),
  aspect: z.enum(['4:3', '16:9']).nullable(),
  fps: z.number().positive().nullable().describe('frames per second, 23.976 … 60'),
  interlaced: z.boolean(),
  hdr: z.enum(['hdr10', 'hdr10plus', 'dolby-vision']).nullable(),
});
export type VideoTrack = z.infer<typeof VideoTrack>;

export const AudioTrack = z.object({
  codec: z.enum([
    'ac3',
    'eac3',
    'truehd',
    'dts',
    'dts-hd',
    'dts-hd-ma',
    'mpeg',
    'aac',
    'lpcm',
    'sdds',
    'unknown',
  ]),
  language: Language,
  channels: z.int().min(1).max(16),
  kind: z.enum(['normal', 'visually-impaired', 'commentary']),
});
export type AudioTrack = z.infer<typeof AudioTrack>;

export const SubtitleTrack = z.object({
  codec: z.enum(['vobsub', 'pgs', 'text', 'captions', 'unknown']),
  language: Language,
  kind: z.enum(['normal', 'large', 'children', 'captions', 'forced', 'commentary']),
});
export type SubtitleTrack = z.infer<typeof SubtitleTrack>;

/** Which part of its episode a title holds, when the disc has the episode in several titles. */
export const Part = z.object({ number: z.int().min(1).max(99), of: z.int().min(2).max(99) });
export type Part = z.infer<typeof Part>;

/** What a title is in the world outside the disc. Episode numbers may span (S01E01-E02). */
export const Match = z.object({
  kind: z.enum(['movie', 'episode', 'extra']),
  season: z.int().min(0).max(999).nullable(),
  episodes: z.array(z.int().min(0).max(9999)).max(20),
  name: Line.nullable().describe('episode title, or name of the extra'),
  part: Part.optional().describe('of its episode; missing when the title holds all of it'),
  probability: z.number().min(0).max(1),
  decidedBy: DecidedBy,
  evidence: z.array(Evidence).max(10),
});
export type Match = z.infer<typeof Match>;

/** The part of a match that a person or a flow may state. */
export const MatchStatement = Match.pick({
  kind: true,
  season: true,
  episodes: true,
  name: true,
  part: true,
})
  .partial({ season: true, episodes: true, name: true, part: true })
  .strict();
export type MatchStatement = z.infer<typeof MatchStatement>;

/** One playable item of the disc, as everybody outside the service sees it. */
export const Title = z.object({
  id: TitleId,
  number: z.int().min(0).describe("the disc's own title or playlist number"),
  role: TitleRole,
  wanted: z.boolean().describe('to be ripped'),
  state: TitleState,
  duration: z.number().nonnegative().describe('seconds'),
  bytes: z.int().nonnegative().describe('exact size on the disc'),
  chapters: z.int().nonnegative(),
  angles: z.int().min(1),
  video: VideoTrack.nullable().default(null),
  audio: z.array(AudioTrack).max(32),
  subtitles: z.array(SubtitleTrack).max(32),
  related: z.array(TitleId).max(99).describe('members of a play-all, or the title it repeats'),
  file: z.string().nullable().describe("the service's path of the ripped file"),
  match: Match.nullable(),
  filed: z.object({ library: z.string(), path: z.string() }).nullable(),
  error: Problem.nullable(),
});
export type Title = z.infer<typeof Title>;
