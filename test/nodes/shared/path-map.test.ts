import assert from 'node:assert/strict';
import { mapPath } from '../../../nodes/shared/path-map.ts';

describe('paths of the service as Node-RED sees them', () => {
  const map = [
    { from: '/srv/discflow', to: '/mnt/d' },
    { from: '/srv/discflow/staging/', to: '/fast/staging/' },
    { from: 'D:\\rips', to: '/mnt/rips' },
    { from: '/media', to: 'Z:\\media' },
    { from: '/', to: '/host' },
  ];
  const cases = [
    ['/srv/discflow/a/t01.mkv', '/mnt/d/a/t01.mkv'],
    ['/srv/discflow/staging/a/t01.mkv', '/fast/staging/a/t01.mkv'],
    ['/srv/discflow', '/mnt/d'],
    ['/srv/discflow-other/a', '/host/srv/discflow-other/a'],
    ['D:\\rips\\a\\t01.mkv', '/mnt/rips/a/t01.mkv'],
    ['/media/movies/a.mkv', 'Z:\\media\\movies\\a.mkv'],
    ['C:\\x', 'C:\\x'],
  ] as const;
  for (const [given, mapped] of cases)
    it(`${given} is ${mapped}`, () => {
      assert.equal(mapPath(map, given), mapped);
    });

  it('without lines nothing changes', () => {
    assert.equal(mapPath([], '/srv/x'), '/srv/x');
  });
});
