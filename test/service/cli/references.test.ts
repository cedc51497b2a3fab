import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readReferences } from '../../../service/cli/references.ts';
import { scratch } from './discflow.ts';

describe('A folder of references', () => {
  const folder = scratch();

  const write = async (...names: string[]) => {
    for (const name of names) {
      await mkdir(dirname(folder.path(name)), { recursive: true });
      await writeFile(folder.path(name), '');
    }
  };

  it('lists the episodes of a season once each, with the names that some file has', async () => {
    await write(
      'a/Harbour Lights/Season 01/Harbour Lights - S01E02 - The Lamp.en.srt',
      'a/Harbour Lights/Season 01/Harbour Lights - S01E02.fr.srt',
      'a/Harbour Lights/Season 01/harbour.lights.s01e01.pt-BR.forced.srt',
      'a/Harbour Lights/Season 01/S01E10 - Last.srt',
      'a/Harbour Lights/Season 02/Harbour Lights - S02E01.srt',
      'a/Other Show/Season 01/Other Show - S01E05.srt',
      'a/Harbour Lights/Season 01/notes - S01E07.txt',
    );
    const known = await readReferences(folder.path('a'));
    assert.deepEqual(known('HARBOUR LIGHTS', 1), [
      { episode: 1, name: null },
      { episode: 2, name: 'The Lamp' },
      { episode: 10, name: 'Last' },
    ]);
    assert.deepEqual(known('Harbour Lights', 3), []);
  });

  it('is refused when it is missing', async () => {
    const missing = folder.path('missing');
    await assert.rejects(readReferences(missing), {
      code: 'bad-request',
      message: `The references in ${missing} cannot be read (ENOENT)`,
    });
  });

  it('is refused when no subtitles in it are named by season and episode', async () => {
    await write('b/Show/Season 01/first episode.srt');
    await assert.rejects(readReferences(folder.path('b')), {
      code: 'bad-request',
      hint: /Show - S01E02 - Title\.en\.srt/,
    });
  });
});
