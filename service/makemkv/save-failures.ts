import { DiscflowError } from '../errors.ts';
import type { WantedTitle } from '../rip/wanted-title.ts';
import type { Damage } from './damage.ts';
import type { JoinedTitle } from './join-titles.ts';
import type { MakeMkvEnd } from './makemkvcon.ts';
import { hung } from './run-log.ts';

/** Codes that no other title of the disc would escape either. */
const wholeDisc: ReadonlySet<string> = new Set([
  'makemkv-key',
  'makemkv-outdated',
  'makemkv-question',
  'disc-keys-missing',
  'drive-unsuited',
  'region-locked',
  'protection-unsupported',
  'drive-unavailable',
  'staging-full',
  'staging-unavailable',
  'disc-removed',
]);

/** What ends the rip of all titles; null when only those that were being saved are concerned. */
export function stopReason(end: MakeMkvEnd): DiscflowError | null {
  if (end.objection) return end.objection;
  const isStopped = end.stopped === 'message';
  const failedJob = end.log.notes('fail-job').length > 0 && end.log.result === null;
  if (!isStopped && !failedJob) return null;
  const error = end.log.failure('MakeMKV stopped', end);
  return isStopped || wholeDisc.has(error.code) ? error : null;
}

/** Why a title was not saved by a run of its own. */
export function unsaved(end: MakeMkvEnd, { wanted: [{ title }] }: JoinedTitle): DiscflowError {
  const { stopped, log } = end;
  const what = `Title ${title.number}: MakeMKV`;
  if (stopped === 'stalled') return log.failure(`${what} hung and was stopped`, end, hung);
  return log.failure(`${what} ${log.result ? 'did not save it' : 'ended without a result'}`, end);
}

export function notOffered({ title }: WantedTitle, reason: string): DiscflowError {
  return new DiscflowError(
    'disc-unreadable',
    `MakeMKV does not offer title ${title.number}: ${reason}`,
    { hint: 'Clean the disc and put it in again, or deselect the title.' },
  );
}

/** @param kept where what could be read is, or null */
export function damaged(
  { title }: WantedTitle,
  damage: Damage,
  kept: string | null,
): DiscflowError {
  const rest = kept === null ? 'Nothing of it could be kept' : `What could be read is in ${kept}`;
  return new DiscflowError(
    'read-error',
    `Title ${title.number} is damaged: ${damage.inWords()}. ${rest}`,
    {
      hint: 'Clean the disc and put it in again, in this or another drive: only what is damaged is read then.',
    },
  );
}
