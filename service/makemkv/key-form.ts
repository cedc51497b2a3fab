import { DiscflowError } from '../errors.ts';

/** The same characters as `hideKeys` looks for, so that whatever is taken is never shown. */
const FORM = /^[A-Z]-[A-Za-z0-9_@+/=-]{20,}$/;

export type KeyKind = 'purchased' | 'beta' | 'other';

/** Where to get one, for a person without. */
export const whereToGetOne =
  'Buy one at https://www.makemkv.com/buy/ (it begins with "M-" and does not end), or take the current ' +
  'beta key from https://forum.makemkv.com/forum/viewtopic.php?t=1053 (it begins with "T-" and lasts ' +
  'a month or two).';

/** A registration key without what a clipboard or an editor put around it. Throws `bad-request`, never with the text. */
export function parseKey(text: string): string {
  const key = text.trim();
  if (FORM.test(key)) return key;
  throw new DiscflowError('bad-request', 'This is not a key of MakeMKV', {
    hint: `A key is one letter, a hyphen and some sixty letters, digits and signs, in one line. ${whereToGetOne}`,
  });
}

export function kindOfKey(key: string): KeyKind {
  if (key.startsWith('M-')) return 'purchased';
  return key.startsWith('T-') ? 'beta' : 'other';
}
