import { ulid } from 'ulid';
import type { Arming } from '../contract/arming.ts';
import type { OperationBody } from '../contract/request.ts';
import { DiscflowError } from '../errors.ts';
import type { MatchRules } from '../match/derive.ts';
import { applyArming } from '../review/apply-arming.ts';
import type { Armings } from '../store/armings.ts';
import type { JobBook } from './book.ts';
import type { JobDocument } from './document.ts';
import type { Engine } from './engine.ts';
import { hasEnded } from './states.ts';

interface ArmDriveOptions {
  book: Pick<JobBook, 'all'>;
  engine: Pick<Engine, 'change'>;
  armings: Pick<Armings, 'arm' | 'clear' | 'of'>;
  rules: MatchRules;
}

/**
 * Somebody says what the next disc of a drive is, or the one that is in it. Throws `not-possible-now` when no disc
 * that can still be told is in, and `bad-request`.
 */
export async function armDrive(
  { drive, identity, library = null, add, loaded, ...said }: OperationBody<'drive/arm'>,
  { book, engine, armings, rules }: ArmDriveOptions,
): Promise<{ armed: Arming[] }> {
  if (identity === null) await armings.clear(drive);
  else if (loaded) {
    const at = new Date().toISOString();
    const arming = { id: ulid(), identity, library, expires: null, at };
    const { id } = jobIn(book.all(), drive);
    await engine.change(id, (draft) => applyArming(draft, arming, rules));
  } else {
    if (Object.keys(identity).length === 0 && library === null) throw saysNothing();
    await armings.arm(drive, {
      identity,
      library,
      expires: said.expires ?? null,
      add: add === true,
    });
  }
  return { armed: armings.of(drive) };
}

function jobIn(jobs: readonly JobDocument[], drive: string): JobDocument {
  const job = jobs.findLast(
    (one) =>
      one.drive === drive &&
      !one.ejected &&
      !hasEnded(one) &&
      one.steps.organize.state === 'pending',
  );
  if (job) return job;
  throw new DiscflowError(
    'not-possible-now',
    `There is no disc in drive "${drive}" that can still be told what it is`,
    { hint: 'Announce it before it is put in, or change its job (job/update).' },
  );
}

function saysNothing(): DiscflowError {
  return new DiscflowError('bad-request', 'That says nothing about the next disc', {
    hint: 'Name what it is ({"title": "Long Meridian"}), its library, or both; null forgets what was said.',
  });
}
