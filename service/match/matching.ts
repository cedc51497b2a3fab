import type { Logger } from 'pino';
import type { Findings } from '../contract/findings.ts';
import type { JobDocument } from '../jobs/document.ts';
import { hasEnded } from '../jobs/states.ts';
import type { ToolFinder } from '../tools/find.ts';
import type { RunTool } from '../tools/run.ts';
import type { DiscGroup } from './decide/decide-input.ts';
import type { SpeechEngine } from './evidence/speech/speech-engine.ts';
import type { ListedShow } from './list-episodes.ts';
import type { MeasureDisc } from './match-step.ts';
import { beginSession, type Session } from './measure/session.ts';
import { isToBeMeasured, subjectOf } from './measure/subject.ts';
import type { GatherReferences } from './references/reference.ts';

export interface MatchingOptions {
  gather: GatherReferences;
  /** A show with its episodes, or those of one season of it; empty when nobody knows. */
  listEpisodes: (
    wanted: { tmdb: number; season: number | null },
    options: { signal: AbortSignal },
  ) => Promise<ListedShow>;
  /** Other discs of the same show, with the episodes that they hold. */
  othersOfSet: (job: JobDocument) => DiscGroup['others'];
  /** What understands speech here; null when nothing does. */
  speech: () => Promise<SpeechEngine | null>;
  tools: { find: ToolFinder['find']; run: RunTool };
  /** Milliseconds that what was measured of a disc is kept while nothing goes on with it; 10 minutes unless said. */
  rest?: number;
  log: Logger;
}

export interface Matching {
  /** Gathers what the match step will need while the disc is still being read. Cheap, for every change of a job. */
  look(job: JobDocument): void;
  measure: MeasureDisc;
  /** References are gathered anew, and titles measured anew, when the job is looked at again. */
  forget(job: string): Promise<void>;
  stop(): Promise<void>;
}

/** A person who answers one question answers the next one soon: so long what was measured is at hand. */
const REST_MS = 10 * 60_000;

interface Kept {
  readonly session: Session;
  rest?: NodeJS.Timeout;
}

/**
 * Measures the titles of all jobs; each job has a session for as long as it is on its way. One that only waits for a
 * person, for weeks perhaps, keeps none: it is measured again when it goes on.
 */
export function createMatching({ rest = REST_MS, ...options }: MatchingOptions): Matching {
  const sessions = new Map<string, Kept>();
  const measuring = new Set<string>();

  return { look, measure, forget: end, stop };

  function look(job: JobDocument): void {
    const kept = sessions.get(job.id);
    // A disc that has been filed may be measured, too.
    const isOver = hasEnded(job) && !measuring.has(job.id);
    if (kept && (isOver || job.cancelling || kept.session.subject !== subjectOf(job)))
      endNow(job.id);
    if (!isToBeMeasured(job)) {
      endLater(job.id);
      return;
    }
    sessionOf(job)
      .prepare(job)
      .catch((error: unknown) => {
        options.log.warn({ err: error, job: job.id }, 'a title could not be measured ahead');
      });
  }

  async function measure(
    job: JobDocument,
    { signal, progress }: Parameters<MeasureDisc>[1],
  ): Promise<Findings | null> {
    if (subjectOf(job) === null) return null;
    if (sessions.get(job.id)?.session.subject !== subjectOf(job)) await end(job.id);
    signal.throwIfAborted();
    const abort = () => endNow(job.id);
    signal.addEventListener('abort', abort, { once: true });
    measuring.add(job.id);
    try {
      return await sessionOf(job).measure(job, progress);
    } finally {
      measuring.delete(job.id);
      signal.removeEventListener('abort', abort);
      endLater(job.id);
    }
  }

  async function stop(): Promise<void> {
    await Promise.all([...sessions.keys()].map(end));
  }

  function sessionOf(job: JobDocument): Session {
    const kept = sessions.get(job.id) ?? { session: beginSession(job, options) };
    clearTimeout(kept.rest);
    sessions.set(job.id, { session: kept.session });
    return kept.session;
  }

  function endLater(job: string): void {
    const kept = sessions.get(job);
    if (!kept || measuring.has(job)) return;
    clearTimeout(kept.rest);
    kept.rest = setTimeout(() => endNow(job), rest).unref();
  }

  function endNow(job: string): void {
    end(job).catch((error: unknown) => {
      options.log.warn({ err: error, job }, 'what was measured of a disc could not be let go');
    });
  }

  async function end(job: string): Promise<void> {
    const kept = sessions.get(job);
    clearTimeout(kept?.rest);
    sessions.delete(job);
    await kept?.session.end();
  }
}
