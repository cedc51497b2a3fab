import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a fault concerns; all that is given has to fit. */
const On = z
  .strictObject({
    source: z.string().describe('part of the path of the image, folder or device'),
    command: z.enum(['info', 'mkv', 'backup']),
    title: z.int().min(0).describe('DVD: title number; Blu-ray: playlist number'),
  })
  .partial()
  .default({});

const atDisc = [
  'no-drive',
  'no-access',
  'region',
  'libredrive',
  'volume-key',
  'unreadable',
  'no-titles',
  'hang',
] as const;

const atTitle = [
  'read-errors',
  'stall-silent',
  'stall-talking',
  'drip',
  'crash',
  'killed',
  'truncated',
  'missing',
  'removed',
  'create-error',
  'write-error',
] as const;

const Fault = z.strictObject({
  kind: z.enum([...atDisc, ...atTitle, 'question', 'lies']),
  on: On,
  /** Where in a title it happens. */
  at: z.number().min(0).max(1).default(0.5),
  code: z.union([z.literal(5001), z.literal(5038)]).default(5038),
});
export type Fault = z.infer<typeof Fault>;
export type FaultKind = Fault['kind'];

const Drive = z.strictObject({
  state: z.enum(['disc', 'empty', 'open', 'loading']).default('disc'),
  name: z.string().default('BD-RE HL-DT-ST BD-RE  WH16NS40 1.05 STANDIN00001'),
  device: z.string(),
  /** What is in it, when that is not the device itself. */
  source: z.string().optional(),
});

const Scenario = z.strictObject({
  program: z
    .strictObject({
      version: z.string().default('1.18.4'),
      /** Told as available. */
      newer: z.string().nullable().default(null),
      tooOld: z.boolean().default(false),
      libreDrive: z.boolean().default(false),
    })
    .prefault({}),
  licence: z
    .strictObject({
      /** Without a key. */
      trial: z.enum(['running', 'over', 'not-started']).default('running'),
      daysLeft: z.int().min(0).max(30).default(29),
      /** What a trial that is over leaves: DVDs, as with the real program, or nothing. */
      dvdIsFree: z.boolean().default(true),
      /** Null: every key of the right form. */
      goodKeys: z.array(z.string()).nullable().default(null),
      expiredKeys: z.array(z.string()).default([]),
      /** Keys that this version is too old for. */
      tooNewKeys: z.array(z.string()).default([]),
    })
    .prefault({}),
  drives: z.array(Drive).max(16).default([]),
  names: z.enum(['numbered', 'equal', 'gaps']).default('numbered'),
  faults: z.array(Fault).default([]),
});
export type Scenario = z.infer<typeof Scenario>;
/** A scenario as a test writes it: what is left out goes well. */
export type ScenarioInput = z.input<typeof Scenario>;

/** From the file that STANDIN_SCENARIO names, read anew at every start. */
export function readScenario(): Scenario {
  const file = process.env.STANDIN_SCENARIO;
  return Scenario.parse(file ? JSON.parse(readFileSync(file, 'utf8')) : {});
}

interface Place {
  readonly source: string;
  readonly command: string;
  readonly title?: number;
}

/** The first fault of these kinds that is planned for a place. */
export function faultAt(
  { faults }: Scenario,
  kinds: readonly FaultKind[],
  { source, command, title }: Place,
): Fault | undefined {
  return faults.find(
    ({ kind, on }) =>
      kinds.includes(kind) &&
      (on.source === undefined || source.includes(on.source)) &&
      (on.command === undefined || on.command === command) &&
      (on.title === undefined || on.title === title),
  );
}

export const discFaults: readonly FaultKind[] = atDisc;
export const titleFaults: readonly FaultKind[] = atTitle;
