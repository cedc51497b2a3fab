import { access, constants } from 'node:fs/promises';
import type { Config } from '../config/resolve.ts';
import { type Check, check } from '../tools/check.ts';
import { makemkvHome } from './home.ts';
import { kindOfKey, whereToGetOne } from './key-form.ts';
import { storedKey } from './key-store.ts';

const kinds = { purchased: 'purchased', beta: 'beta', other: 'entered' } as const;

/** The line of `doctor` about the key: whether there is one, and which kind. Never the key. */
export async function checkKey({ state, makemkv }: Config): Promise<Check> {
  const file = makemkv.key_file;
  const subject = {
    name: 'MakeMKV key',
    where: file ?? null,
    neededFor: 'encrypted Blu-ray discs, and encrypted DVDs where MakeMKV asks for it',
  };
  if (file !== undefined && !(await isReadable(file)))
    return check(
      subject,
      {
        message: `makemkv.key_file: ${file} cannot be read`,
        hint: 'Check the path, and that the user of the service may read it; "discflow key" works without it.',
      },
      'warn',
    );
  const key = await storedKey(makemkvHome(state)).catch(() => null);
  if (key !== null) return check({ ...subject, version: kinds[kindOfKey(key)] }, null);
  const trouble = {
    message: 'No key has been entered: the trial of MakeMKV lasts 30 days',
    hint: `Enter one with "discflow key". ${whereToGetOne}`,
  };
  return check(subject, trouble, 'warn');
}

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
