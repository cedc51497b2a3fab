import { z } from 'zod';

/**
 * Every code that Discflow puts into an error, a blocked job or an attention.
 * A code is stable: flows and automations may switch on it; the words beside it may change.
 */
export const problemCodes = [
  // bad input
  'bad-request',
  'unknown-operation',
  'unknown-job',
  'unknown-title',
  'unknown-drive',
  'unknown-library',
  'unknown-question',
  'unknown-handoff',
  'stale-revision',
  'not-possible-now',
  'too-large',
  'config-invalid',
  // discs and drives
  'disc-unreadable',
  'disc-removed',
  'disc-needed',
  'not-a-disc',
  'unsupported-disc',
  'encrypted',
  'nothing-to-rip',
  'read-error',
  'eject-failed',
  'drive-unavailable',
  'drive-busy',
  'drive-ambiguous',
  'angles-unsupported',
  // tools
  'tool-missing',
  'tool-failed',
  'timeout',
  'cancelled',
  // MakeMKV
  'makemkv-key',
  'makemkv-outdated',
  'makemkv-key-ending',
  'makemkv-newer',
  'makemkv-question',
  'disc-keys-missing',
  'drive-unsuited',
  'region-locked',
  'protection-unsupported',
  // storage
  'staging-full',
  'staging-unavailable',
  'library-full',
  'library-unavailable',
  'library-missing',
  'target-exists',
  'copy-damaged',
  'state-damaged',
  'state-full',
  'state-locked',
  // waiting for someone
  'flow',
  'undone',
  'handoff-uncollected',
  // metadata providers
  'metadata-key-missing',
  'metadata-key-refused',
  'metadata-unavailable',
  // subtitles to match episodes by
  'references-key-missing',
  'references-key-refused',
  'references-unavailable',
  // speech recognition, and what is installed or fetched for it
  'speech-unavailable',
  'speech-refused',
  'download-failed',
  // broker
  'broker-unreachable',
  'broker-refused',
  'broker-drops-messages',
  'publish-refused',
  'service-unreachable',
  'internal',
] as const;

export const ProblemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** What holds up all drives of a station alike: one attention is enough, however many discs wait. */
export const stationWideCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'makemkv-key',
  'makemkv-outdated',
]);

/** What went wrong and what a person can do about it. */
export const Problem = z.object({
  code: ProblemCode,
  message: z.string().max(2000).describe('What happened, in words for a person'),
  hint: z.string().max(2000).describe('What the person can do about it'),
});
export type Problem = z.infer<typeof Problem>;

/** Why a job waits for something outside. */
export const Blocked = z.object({
  code: ProblemCode,
  cause: z.string().max(2000),
  hint: z.string().max(2000),
  since: z.iso.datetime({ offset: true }),
});
export type Blocked = z.infer<typeof Blocked>;
