import assert from 'node:assert/strict';
import type { Identity } from '../../../service/contract/identity.ts';
import type { Match } from '../../../service/contract/title.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { othersOfSet } from '../../../service/match/others-of-set.ts';
import type { FiledDisc } from '../../../service/store/filed-episodes.ts';
import { someJob, someTitle } from '../jobs/fixtures.ts';

const identity: Identity = {
  kind: 'tv',
  title: 'Harbour Lights',
  year: null,
  season: 1,
  disc: 2,
  edition: null,
  tmdb: null,
  genres: [],
  certification: null,
  originalLanguage: null,
  probability: 1,
  decidedBy: 'evidence',
  evidence: [],
};

function disc(fingerprint: string, changes: Partial<JobDocument> = {}): JobDocument {
  const job = someJob({ identity, ...changes });
  return {
    ...job,
    id: `01ARZ3NDEKTSV4RRFFQ69G5${fingerprint}`,
    disc: { ...job.disc, fingerprint },
  };
}

const episode = (number: number): Match => ({
  kind: 'episode',
  season: 1,
  episodes: [number],
  name: null,
  probability: 1,
  decidedBy: 'evidence',
  evidence: [],
});

describe('the other discs of a set', () => {
  const filedDisc = (fingerprint: string, number: number): FiledDisc => {
    return { fingerprint, disc: 1, episodes: [{ season: 1, episode: number }] };
  };
  const others = (job: JobDocument, filed: FiledDisc[], open: JobDocument[]) =>
    othersOfSet(job, { filed: { discs: () => filed }, open }).map(({ disc, episodes }) => [
      disc,
      ...episodes.map(({ season, episode }) => `${season}x${episode}`),
    ]);

  it('are those that were filed, but not the disc itself when it is here again', () => {
    const job = disc('AAA');
    assert.deepEqual(others(job, [filedDisc('BBB', 1), filedDisc('AAA', 5)], [job]), [[1, '1x1']]);
  });

  it('are those on their way in other drives, with what they are sure to hold', () => {
    const job = disc('AAA');
    const beside = disc('BBB', {
      titles: [
        someTitle(1, { state: 'matched', match: episode(3) }),
        someTitle(2, { state: 'review', match: episode(4) }),
      ],
    });
    assert.deepEqual(others(job, [filedDisc('BBB', 9)], [job, beside]), [[2, '1x3']]);
  });

  it('are none of another show, and none that has ended', () => {
    const job = disc('AAA');
    const title = { ...identity, title: 'Harbour Nights' };
    const open = [disc('BBB', { identity: title }), disc('CCC', { state: 'completed' })];
    assert.deepEqual(others(job, [], open), []);
  });
});
