import type { Identity, IdentityStatement } from '../contract/identity.ts';
import type { JobDocument } from '../jobs/document.ts';
import { type Decision, isPersonal } from '../review/decision.ts';
import { contradicts, type SetAnswer } from '../review/offer-set.ts';
import { namesDisc, stateIdentity } from '../review/statement.ts';
import type { Reading } from './reading.ts';
import { saidBefore } from './recall.ts';

interface Sources {
  reading: Reading;
  decision: Decision | null;
  set: SetAnswer | null;
  policy: 'ask' | 'accept';
}

/** What a flow or a person has said of the disc already. */
export function statedOf({ set, armed }: JobDocument): IdentityStatement {
  return { ...set.identity, ...armed?.identity };
}

/**
 * The identity, if somebody has the right to say it unasked: a person, now or earlier; a flow; the policy. A number of
 * TMDB alone may leave the disc without any name: that is asked.
 */
export function decidedIdentity(job: JobDocument, sources: Sources): Identity | null {
  const said = saidIdentity(job, sources);
  return said?.title === null ? null : said;
}

/** A number of TMDB names a disc once the work has been looked up: nobody else knows what it is the number of. */
function names(statement: IdentityStatement, { sure, identity }: Reading): boolean {
  if (typeof statement.title === 'string') return true;
  return namesDisc(statement) && sure && identity.tmdb === statement.tmdb;
}

function saidIdentity(
  { identity, set, armed }: JobDocument,
  { reading, decision, set: ofSet, policy }: Sources,
): Identity | null {
  if (identity && isPersonal(identity)) return identity;
  if (armed && names(armed.identity, reading))
    return stateIdentity(reading.identity, armed.identity, {
      decidedBy: 'person',
      says: 'Somebody said so before the disc was put in',
    });
  if (decision?.identity)
    return stateIdentity(reading.identity, decision.identity, {
      decidedBy: 'remembered',
      says: saidBefore,
    });
  if (set.identity && names(set.identity, reading))
    return stateIdentity(reading.identity, set.identity, {
      decidedBy: 'flow',
      says: 'It was set for this job',
    });
  if (ofSet && contradicts(ofSet, reading.identity)) return null;
  if (reading.sure) return { ...reading.identity, decidedBy: 'evidence' };
  const taken = policy === 'accept' && reading.named;
  return taken ? { ...reading.identity, decidedBy: 'policy' } : null;
}
