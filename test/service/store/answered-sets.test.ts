import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetAnswer } from '../../../service/review/offer-set.ts';
import { AnsweredSets } from '../../../service/store/answered-sets.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

describe('what was said of the discs of a set', () => {
  it('is written at the next try when the disk could not take it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder.path, 'state', 'sets.json');
    const answer: SetAnswer = { identity: { kind: 'tv', title: 'Harbor Lights' }, label: 'A_D1' };
    const sets = new AnsweredSets(path);
    await sets.start();
    await assert.rejects(sets.record('harborlights', answer));
    await mkdir(join(folder.path, 'state'));
    await sets.record('harborlights', answer);
    const again = new AnsweredSets(path);
    await again.start();
    assert.deepEqual(again.find('harborlights'), answer);
    await folder.remove();
  });
});
