import type { Problem } from '../../../../contract/problem.ts';
import { toProblem } from '../../../../errors.ts';
import { askStatus, keyRefused, type SpeechServer } from './post-audio.ts';

/** Somebody waits for the answer. */
const PATIENCE_MS = 10_000;

/** Whether a server can be reached and takes the key. Not every one has the path: "not found" is an answer, too. */
export async function checkServer(server: SpeechServer, path: string): Promise<Problem | null> {
  try {
    const impatient = { ...server, timeout: PATIENCE_MS };
    const status = await askStatus(impatient, path, AbortSignal.timeout(PATIENCE_MS));
    return status === 401 || status === 403 ? keyRefused(status) : null;
  } catch (error) {
    return toProblem(error);
  }
}
