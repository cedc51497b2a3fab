import { DiscflowError } from '../errors.ts';
import type { DiscScan } from './record.ts';

const names: Readonly<Record<NonNullable<DiscScan['encryption']>, string>> = {
  css: 'CSS',
  aacs: 'AACS',
  bdplus: 'AACS and BD+',
};

/** Said before a byte of an encrypted disc is ripped. */
export function encryptedDisc(
  label: string,
  encryption: NonNullable<DiscScan['encryption']>,
): DiscflowError {
  const what = label || 'This disc';
  return new DiscflowError(
    'encrypted',
    `${what} is encrypted (${names[encryption]}), so nothing was read.`,
    {
      hint: 'Encrypted discs need MakeMKV: rip this one with it and put the result into your library by hand.',
    },
  );
}
