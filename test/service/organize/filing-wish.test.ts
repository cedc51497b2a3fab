import assert from 'node:assert/strict';
import { checkFilingWish } from '../../../service/organize/filing-wish.ts';

const libraries = [
  { id: 'movies', kind: 'movie' as const, root: '/m' },
  { id: 'kids', kind: 'movie' as const, root: '/k' },
];

describe('how a flow wants a disc filed', () => {
  const fine = [{}, { library: 'kids' }, { library: null }, { template: '{title}/{title}.mkv' }];
  for (const wish of fine)
    it(`can be ${JSON.stringify(wish)}`, () => {
      checkFilingWish(wish, libraries);
    });

  it('is refused at once for a library that does not exist, naming those that do', () => {
    assert.throws(() => checkFilingWish({ library: 'kid' }, libraries), {
      code: 'unknown-library',
      message: 'There is no library "kid"',
      hint: 'Libraries of this station: movies, kids.',
    });
  });

  it('is refused at once for a template that cannot be used', () => {
    assert.throws(() => checkFilingWish({ template: '{nonsense}' }, libraries), {
      code: 'config-invalid',
    });
  });
});
