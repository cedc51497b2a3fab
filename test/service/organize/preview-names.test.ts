import assert from 'node:assert/strict';
import { join } from 'node:path';
import { previewNames } from '../../../service/organize/preview-names.ts';
import { bench, film, matched } from './fixture.ts';

describe('A preview of names', () => {
  it('says for every wanted title where it would go, or why it cannot', async () => {
    const rig = await bench({
      titles: [film(), matched(2, { kind: 'episode' }), matched(3, {}, { wanted: false })],
    });
    await rig.close();
    const name = 'The Matrix (1999) {tmdb-603}';
    const previews = previewNames(rig.context.job(), [rig.movies, rig.tv]);
    assert.deepEqual(previews[0], {
      title: 't01',
      library: 'movies',
      path: join(rig.movies.root, name, `${name}.mkv`),
      problem: null,
    });
    assert.deepEqual(
      previews.slice(1).map(({ title, problem }) => [title, problem?.code]),
      [['t02', 'bad-request']],
    );
    const [missing] = previewNames(rig.context.job(), []);
    assert.equal(missing?.problem?.code, 'library-missing');
  });
});
