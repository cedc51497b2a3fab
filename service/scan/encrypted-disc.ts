import { DiscflowError } from '../errors.ts';
import type { DiscScan } from './record.ts';

const names: Readonly<Record<NonNullable<DiscScan['encryption']>, string>> = {
  css: 'CSS',
  aacs: 'AACS',
  bdplus: 'AACS and BD+',
};

/** Said before a byte of an encrypted disc is ripped, when there is no MakeMKV to do it. */
export function encryptedDisc({
  label,
  encryption,
}: Pick<DiscScan, 'label' | 'encryption'>): DiscflowError {
  const what = label || 'This disc';
  const how = encryption === null ? '' : ` (${names[encryption]})`;
  return new DiscflowError('encrypted', `${what} is encrypted${how}, so nothing was read.`, {
    hint: 'Encrypted discs need MakeMKV: install it from https://www.makemkv.com, check it with "discflow doctor", and insert the disc again.',
  });
}
