import type { Logger } from 'pino';
import { toProblem } from '../errors.ts';
import { waitsForAnswer } from '../review/open-questions.ts';
import type { JobDocument } from './document.ts';
import { hasEnded } from './states.ts';

interface LetOutOptions {
  job: (id: string) => JobDocument | undefined;
  /** True while the job's disc is being read. */
  isReading: (id: string) => boolean;
  /** Lets the job's disc out, if it is still in its drive. False when it is to stay in. */
  eject: (job: JobDocument) => Promise<boolean>;
  /** Told with the job as it was when its disc began to leave: by now it may go on in another drive. */
  ejected: (job: JobDocument) => Promise<unknown>;
  /** Milliseconds that a disc stays in for an answer without which it is not read. */
  answerWithin: number;
  log: Logger;
}

export interface LetOut {
  /** Ejects once: when the last wanted read has ended, or nobody said in time whether it is wanted at all. */
  (id: string): Promise<void>;
  /** The disc may be tried again, for instance after a person has helped. */
  again(id: string): void;
  /** True while the disc is on its way out: nothing may begin to read it. */
  isBusyWith(id: string): boolean;
}

/** Discs leave their drive once; one that is stuck waits for a person, trying on would not help. */
export function createLetOut(options: LetOutOptions): LetOut {
  const { job, isReading, eject, ejected, log } = options;
  /** When the discs that wait for an answer were first seen waiting in their drive. */
  const held = new Map<string, number>();
  const ejecting = new Set<string>();
  const stuck = new Set<string>();

  const letOut = async (id: string): Promise<void> => {
    const current = job(id);
    const isLeft = current !== undefined && isLeftUnanswered(current);
    if (!current || current.ejected || ejecting.has(id) || stuck.has(id) || isReading(id)) return;
    if (current.steps.rip.state !== 'done' && !hasEnded(current) && !isLeft) return;
    ejecting.add(id);
    try {
      if (await eject(current)) await ejected(current);
    } catch (error) {
      stuck.add(id);
      log.warn({ job: id, ...toProblem(error) }, 'the disc could not be ejected');
    } finally {
      ejecting.delete(id);
    }
  };

  /** A drive is not held by a question: the answer may come when the disc is out. */
  const isLeftUnanswered = (current: JobDocument): boolean => {
    const { id } = current;
    if (current.ejected || hasEnded(current) || !isHeldByQuestion(current)) {
      held.delete(id);
      return false;
    }
    const since = held.get(id) ?? Date.now();
    held.set(id, since);
    return Date.now() - since >= options.answerWithin;
  };

  return Object.assign(letOut, {
    again: (id: string) => void stuck.delete(id),
    isBusyWith: (id: string) => ejecting.has(id),
  });
}

/** True while nothing but an answer is missing to read the disc. */
function isHeldByQuestion({ steps, questions }: JobDocument): boolean {
  return (
    steps.identify.state === 'done' &&
    steps.rip.state === 'pending' &&
    waitsForAnswer({ questions }, 'rip')
  );
}
