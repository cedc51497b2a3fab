import type { Logger } from 'pino';
import type { JobDocument } from '../jobs/document.ts';
import { hasEnded } from '../jobs/states.ts';
import type { ToolFinder } from '../tools/find.ts';
import type { RunTool } from '../tools/run.ts';
import type { DiscGroup } from './decide/decide-input.ts';
import type { SpeechEngine } from './evidence/speech/speech-engine.ts';
import type { Findings } from './findings.ts';
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
  log: Logger;
}

export interface Matching {
  /** Gathers what the match step will need while the disc is still being read. Cheap, for every change of a job. */
  look(job: JobDocument): void;
  measure: MeasureDisc;
  stop(): Promise<void>;
}

/** Measures the titles of all jobs; each job has a session for as long as it is on its way. */
export function createMatching(options: MatchingOptions): Matching {
  const sessions = new Map<string, Session>();

  return { look, measure, stop };

  function look(job: JobDocument): void {
    const session = sessions.get(job.id);
    if (session && (hasEnded(job) || job.cancelling || session.subject !== subjectOf(job)))
      void end(job.id);
    if (!isToBeMeasured(job)) return;
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
    if (sessions.get(job.id)?.subject !== subjectOf(job)) await end(job.id);
    const abort = () => void end(job.id);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await sessionOf(job).measure(job, progress);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async function stop(): Promise<void> {
    await Promise.all([...sessions.keys()].map(end));
  }

  function sessionOf(job: JobDocument): Session {
    const session = sessions.get(job.id) ?? beginSession(job, options);
    sessions.set(job.id, session);
    return session;
  }

  async function end(job: string): Promise<void> {
    const session = sessions.get(job);
    sessions.delete(job);
    await session?.end();
  }
}
