import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Real output of MakeMKV, beside the repository; it belongs to others and is not part of it. */
const FOLDER = fileURLToPath(new URL('../../../../shared/bench/makemkv', import.meta.url));

export interface Capture {
  name: string;
  bytes: Buffer;
}

/** The real captures, or a skipped test with the reason. */
export async function capturesOrSkip(test: Mocha.Context): Promise<Capture[]> {
  if (!existsSync(FOLDER)) {
    console.log('skipped: there is no ../shared/bench/makemkv beside the repository');
    test.skip();
  }
  const names = (await readdir(FOLDER)).filter((name) => name.includes('.robot.')).sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(FOLDER, name));
      return { name, bytes: name.endsWith('.gz') ? gunzipSync(bytes) : bytes };
    }),
  );
}
