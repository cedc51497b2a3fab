import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Identity } from '../../service/contract/identity.ts';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Title } from '../../service/contract/title.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import { eventually, MiniStation } from '../nodes/mini-station.ts';
import { snapshot, title } from '../nodes/snapshots.ts';
import { type NodeRed, startNodeRed } from './runtime.ts';
import { flowsFor } from './starter-for.ts';

function known(as: Partial<Identity>): Identity {
  return {
    ...{ kind: 'movie', title: 'Some Film', year: 1999, season: null, disc: null, edition: null },
    ...{ tmdb: null, genres: [], certification: null, originalLanguage: null },
    ...{ probability: 1, decidedBy: 'evidence', evidence: [] },
    ...as,
  };
}

const { disc } = snapshot();
const lines2160: NonNullable<Title['video']> = {
  codec: 'hevc',
  width: 3840,
  height: 2160,
  aspect: '16:9',
  fps: 24,
  interlaced: false,
  hdr: null,
};

const discs: { what: string; job: Partial<JobSnapshot>; late?: true; set?: object }[] = [
  {
    what: "a kids' film goes to the kids' library",
    job: { identity: known({ genres: ['Animation', 'Comedy'] }) },
    set: { library: 'kids' },
  },
  {
    what: "a kids' film in 4K goes to the kids' library",
    job: { identity: known({ genres: ['Family'] }), disc: { ...disc, kind: 'uhd' } },
    set: { library: 'kids' },
  },
  {
    what: 'an Ultra HD disc goes to the library of 4K',
    job: { identity: known({}), disc: { ...disc, kind: 'uhd' } },
    set: { library: 'films-4k' },
  },
  {
    what: 'a film with a picture of 2160 lines goes to the library of 4K',
    job: {
      identity: known({ genres: ['Drama'] }),
      titles: [title(), title({ id: 't02', number: 2, video: lines2160 })],
    },
    set: { library: 'films-4k' },
  },
  {
    what: 'what nobody knows goes to the unsorted, under its label',
    job: { identity: known({ kind: 'unknown', title: null }) },
    set: { library: 'unsorted', identity: { kind: 'extras', title: 'SOME_DISC' } },
  },
  {
    what: 'what nobody has named in time does so too',
    job: { identity: known({}) },
    late: true,
    set: { library: 'unsorted', identity: { kind: 'extras', title: 'SOME_DISC' } },
  },
  { what: 'any other film goes to the usual library', job: { identity: known({}) } },
  {
    what: "a children's series goes to the usual library",
    job: { identity: known({ kind: 'tv', genres: ['Family'] }) },
  },
];

describe("the example with kids' films and 4K", () => {
  let broker: TestBroker;
  let station: MiniStation;
  let nodeRed: NodeRed;

  before(async () => {
    broker = await startAedes();
    station = new MiniStation(broker.url);
    await station.start();
    const flows = flowsFor('examples/11-kids-and-4k.json', broker.url);
    nodeRed = await startNodeRed({ flows });
  });
  after(async () => {
    await nodeRed?.remove();
    await station?.stop();
    await broker?.stop();
  });

  for (const { what, job, late, set } of discs)
    it(what, async () => {
      station.outcomes = late ? { review: 'timed-out' } : {};
      const { id } = await station.insert(job);
      const filed = () =>
        station.asked('job/step').find((body) => body.job === id && body.step === 'organize');
      await eventually(() => assert.ok(filed()), 5000);
      assert.deepEqual(filed()?.set, set);
    });

  it('waits three days for a name, and says which libraries it needs', () => {
    assert.equal(station.asked('job/step').find(({ step }) => step === 'review')?.timeout, 259_200);
    assert.match(readFileSync('examples/11-kids-and-4k.json', 'utf8'), /films-4k.*kids.*unsorted/);
  });
});
