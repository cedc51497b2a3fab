import { z } from 'zod';
import { Arming } from './arming.ts';
import { Problem } from './problem.ts';
import { At, Id, Ulid } from './values.ts';

export const Presence = z.enum(['online', 'offline']);
export type Presence = z.infer<typeof Presence>;

export const DriveActivity = z.enum([
  'empty',
  'loading',
  'identifying',
  'ripping',
  'waiting',
  'ejecting',
  'open',
  'error',
]);
export type DriveActivity = z.infer<typeof DriveActivity>;

/** Retained on `drive/<id>/state`: the drive alone, flat, for dashboards. */
export const DriveState = z.object({
  v: z.literal(1),
  state: DriveActivity,
  disc: z.string().nullable().describe("the disc's label"),
  job: Ulid.nullable(),
  title: z.string().nullable().describe('what the disc was identified as'),
  reading: z.string().nullable().describe('title being read, "2 of 5"'),
  progress: z.int().min(0).max(100).nullable(),
  speed: z.int().nonnegative().nullable().describe('bytes per second'),
  finish: At.nullable().describe('expected end of reading'),
  queued: z.int().nonnegative().describe('discs waiting in the changer'),
  safe_to_eject: z.boolean(),
  armed: z.string().nullable().default(null).describe('what the next disc was said to be'),
  problem: Problem.nullable(),
});
export type DriveState = z.infer<typeof DriveState>;

/** Retained on `drive/<id>/attributes`: slow facts. */
export const DriveAttributes = z.object({
  v: z.literal(1),
  name: z.string(),
  kind: z.enum(['image-folder', 'optical']),
  location: z.string(),
  label: z.string().nullable(),
  fingerprint: z.string().nullable(),
  job: Ulid.nullable(),
  armed: z.array(Arming).default([]).describe('what the next discs were said to be'),
});
export type DriveAttributes = z.infer<typeof DriveAttributes>;

/** What a provider of metadata wants to be said of it. */
export const Attribution = z.object({ name: z.string(), text: z.string(), url: z.url() });
export type Attribution = z.infer<typeof Attribution>;

/** Retained on `info`: what a new client wants to know about the station. */
export const StationInfo = z.object({
  v: z.literal(1),
  version: z.string(),
  station: Id,
  startedAt: At,
  drives: z.array(z.object({ id: Id, name: z.string(), kind: z.string(), location: z.string() })),
  libraries: z.array(
    z.object({ id: Id, kind: z.string(), root: z.string(), default: z.boolean() }),
  ),
  tools: z.array(z.object({ name: z.string(), found: z.boolean() })),
  capabilities: z.array(z.string()),
  attributions: z.array(Attribution).default([]).describe('to be shown beside metadata'),
});
export type StationInfo = z.infer<typeof StationInfo>;

/** Retained on `jobs/state`: the station in one glance. */
export const JobsState = z.object({
  v: z.literal(1),
  running: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  reviews: z.int().nonnegative(),
  latest: z.string().nullable().describe('what arrived last'),
  next_finish: At.nullable(),
  problems: z.array(Problem).max(20),
});
export type JobsState = z.infer<typeof JobsState>;
