import { join } from 'node:path';

/** The HOME of our runs of MakeMKV: its settings, key and downloads are apart from those of the user. */
export function makemkvHome(state: string): string {
  return join(state, 'makemkv');
}
