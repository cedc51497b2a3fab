import { checkFile, rejected as rejectedFile, verdictOnName } from './check/check-file.ts';
import { rejectCopies } from './check/reject-copies.ts';
import { sameLanguage } from './language.ts';
import type { Reference, ReferenceQuery, RejectedReference } from './reference.ts';
import type { ReferenceFile } from './sources/reference-source.ts';

export interface JudgedReferences {
  readonly fit: readonly Reference[];
  readonly rejected: readonly RejectedReference[];
}

/** What was gathered so far, checked. */
export interface Basket {
  readonly notes: readonly string[];
  note(...notes: readonly string[]): void;
  /**
   * Reads a file and checks it; `keep` gets its bytes.
   * @returns whether its source gives more: false when its day is over
   */
  add(file: ReferenceFile, options: AddOptions): Promise<boolean>;
  /** With copies taken out. */
  judged(): JudgedReferences;
}

interface AddOptions {
  readonly signal: AbortSignal;
  readonly keep?: (bytes: Uint8Array) => Promise<void>;
}

export function createBasket(query: ReferenceQuery): Basket {
  const fit: Reference[] = [];
  const rejected: RejectedReference[] = [];
  const notes = new Set<string>();
  let judged: JudgedReferences | null = null;
  return {
    get notes() {
      return [...notes];
    },
    note: (...news) => {
      for (const one of news) notes.add(one);
    },
    async add(file, { signal, keep }) {
      judged = null;
      const byName = verdictOnName(file);
      if (byName) {
        rejected.push(rejectedFile(file, '', byName));
        return true;
      }
      const read = await file.read({ signal });
      signal.throwIfAborted();
      if (read.state === 'closed') {
        notes.add(read.note);
        return false;
      }
      if (read.state === 'unreadable') {
        rejected.push(rejectedFile(file, '', { code: 'unreadable', says: `It ${read.says}` }));
        return true;
      }
      await keep?.(read.bytes);
      const checked = await checkFile(file, read.bytes, runtimeOf(file, query));
      if (checked.state === 'rejected') rejected.push(checked.rejected);
      else if (!fit.some((one) => isSameFile(one, checked.reference))) {
        fit.push(checked.reference);
        if (checked.note) notes.add(checked.note);
      }
      return true;
    },
    judged() {
      if (judged) return judged;
      const single = rejectCopies(fit);
      judged = { fit: single.fit, rejected: [...rejected, ...single.rejected] };
      return judged;
    },
  };
}

/** The sum where the database knows all, as two in one file have. */
function runtimeOf({ season, episodes }: ReferenceFile, { runtimeOf: of }: ReferenceQuery) {
  const runtimes = episodes.map((episode) => of?.({ season, episode }) ?? null);
  return runtimes.reduce<number | null>(
    (sum, runtime) => (sum === null || runtime === null ? null : sum + runtime),
    0,
  );
}

function isSameFile(one: Reference, other: Reference): boolean {
  return (
    one.id === other.id &&
    one.season === other.season &&
    one.episodes.join() === other.episodes.join() &&
    (one.language === other.language || sameLanguage(one.language, other.language))
  );
}
