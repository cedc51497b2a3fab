import type { FilesTally, JudgedFile } from './judge.ts';

export interface FilesRow extends FilesTally {
  readonly show: string;
  readonly variation: string;
  readonly seconds: number;
  /** Every reference of the variation is what its name says. */
  readonly isGood: boolean;
}

/** Nothing wrong is taken; and what has good references is known, whether it is taken or asked about. */
export function isReached({ wrong, referencedWrong, isGood }: FilesRow): boolean {
  return wrong === 0 && (!isGood || referencedWrong === 0);
}

export const filesDefinitions = {
  accepted: 'of the titles with episodes that all have a good reference, taken without a question',
  asked: 'of the same, left to a person; in brackets those whose first proposal is not right',
  'without reference': 'other titles with episodes, all of which are to be asked about',
  extras: 'of the titles that are no episode, those that are taken for none without a question',
  WRONG: 'taken, with a mark or without, and something else: none is allowed',
};

/** One show and variation in a line. */
export function filesRowInWords(row: FilesRow): string {
  const marked = row.marked > 0 ? ` + ${row.marked} marked` : '';
  return [
    `${isReached(row) ? '✔' : '✗'} ${row.show}`.padEnd(16),
    row.variation.padEnd(40),
    `accepted ${row.accepted}${marked} of ${row.referenced}`.padEnd(28),
    `asked ${row.asked} (${row.referencedWrong})`,
    `without reference: asked ${row.unreferencedAsked} of ${row.unreferenced}`,
    `extras ${row.extrasAccepted} of ${row.extras}`,
    `WRONG ${row.wrong}`,
    `${row.seconds.toFixed(0)} s`,
  ].join(' | ');
}

/** A title that was not taken, or wrongly. */
export function fileInWords({ title, truth, said, isRight, isReferenced }: JudgedFile): string {
  const given = said.episodes.map(({ episode }) => episode).join('+') || 'none';
  const is = truth.join('+') || 'none';
  const state = isRight ? 'right' : 'WRONG';
  const known = isReferenced ? '' : ', without a good reference';
  return `    ${said.verdict} ${state}: ${title} said ${given}, is ${is}${known}; ${said.doubt ?? ''}`;
}
