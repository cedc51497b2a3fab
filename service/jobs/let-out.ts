import type { Logger } from 'pino';
import { toProblem } from '../errors.ts';
import type { JobDocument } from './document.ts';
import { hasEnded } from './states.ts';

interface LetOutOptions {
  job: (id: string) => JobDocument | undefined;
  /** True while the job's disc is being ripped. */
  isRipping: (id: string) => boolean;
  /** Lets the job's disc out, if it is still in its drive. False when it is to stay in. */
  eject: (job: JobDocument) => Promise<boolean>;
  ejected: (id: string) => Promise<unknown>;
  log: Logger;
}

export interface LetOut {
  /** Ejects once, when the last wanted read has ended. */
  (id: string): Promise<void>;
  /** The disc may be tried again, for instance after a person has helped. */
  again(id: string): void;
}

/** Discs leave their drive once; one that is stuck waits for a person, trying on would not help. */
export function createLetOut({ job, isRipping, eject, ejected, log }: LetOutOptions): LetOut {
  const ejecting = new Set<string>();
  const stuck = new Set<string>();

  const letOut = async (id: string): Promise<void> => {
    const current = job(id);
    if (!current || current.ejected || ejecting.has(id) || stuck.has(id) || isRipping(id)) return;
    if (current.steps.rip.state !== 'done' && !hasEnded(current)) return;
    ejecting.add(id);
    try {
      if (await eject(current)) await ejected(id);
    } catch (error) {
      stuck.add(id);
      log.warn({ job: id, ...toProblem(error) }, 'the disc could not be ejected');
    } finally {
      ejecting.delete(id);
    }
  };
  return Object.assign(letOut, { again: (id: string) => void stuck.delete(id) });
}
