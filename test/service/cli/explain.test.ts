import assert from 'node:assert/strict';
import { explanationInWords } from '../../../service/cli/explain.ts';
import type { Paint } from '../../../service/cli/paint.ts';
import type { Findings } from '../../../service/contract/findings.ts';
import type { Match } from '../../../service/contract/title.ts';
import { snapshotOf } from '../../../service/jobs/snapshot.ts';
import { someIdentity, someJob, someQuestion, someTitle } from '../jobs/fixtures.ts';

const plain: Paint = (_colour, text) => text;
const figures = { weight: 18, score: 40, offset: 0, speed: 1, runnerUp: null };
const identity = someIdentity({ kind: 'tv', title: 'Harbour Lights', season: 1, disc: 2 });

function match(number: number, change: Partial<Match> = {}): Match {
  const what = { kind: 'episode' as const, season: 1, episodes: [number], name: 'The Lamp' };
  return { ...what, probability: 0.99, decidedBy: 'evidence', evidence: [], ...change };
}

const findings: Findings = {
  show: { title: 'Harbour Lights', tmdb: null },
  seasons: [1],
  references: 6,
  notes: ['E03.srt: it is an HTML page'],
  titles: [
    {
      ...{ id: 't01', verdict: 'accept', doubt: null, part: null },
      ranked: [
        {
          ...{ episodes: [{ season: 1, episode: 4 }], name: 'The Lamp', probability: 0.9994 },
          explained: [{ signal: 'subtitle-times', says: '612 of 640 agree', ...figures }],
        },
        { episodes: [], name: null, probability: 0.0006, explained: [] },
      ],
    },
    {
      ...{ id: 't02', verdict: 'ask', doubt: 'It is probable to 60 % only' },
      part: { number: 1, of: 2 },
      ranked: [
        {
          ...{ episodes: [{ season: 1, episode: 5 }], name: null, probability: 0.6 },
          explained: [],
        },
      ],
    },
  ],
};

describe('the explanation of a job', () => {
  it('says of each title what it was taken for, all it may be and why, and what is wrong with references', () => {
    const text = 'Which episode is title 2?';
    const job = someJob({
      identity,
      titles: [
        someTitle(1, { state: 'matched', match: match(4) }),
        someTitle(2, { state: 'review', match: match(5) }),
        someTitle(3, {
          state: 'matched',
          match: match(6, {
            decidedBy: 'person',
            evidence: [{ source: 'person', says: 'terminal said so', weight: 1 }],
          }),
        }),
        someTitle(4, { wanted: false }),
      ],
      questions: [someQuestion({ kind: 'episode', titles: ['t02'], text })],
    });
    assert.deepEqual(explanationInWords({ job: snapshotOf(job), findings }, plain), [
      `Harbour Lights, season 1, disc 2  ${job.id}`,
      '  Compared with 6 references of season 1: discflow references "Harbour Lights" --season 1',
      '  ✔ t01, title 1 (25:00): S01E04 The Lamp',
      '      S01E04 The Lamp 99 %',
      '        612 of 640 agree',
      '      none of these episodes 0 %',
      '  ? t02, title 2 (25:00): Which episode is title 2?',
      '      S01E05 part 1 of 2 60 %',
      '      It is probable to 60 % only',
      '  ✔ t03, title 3 (25:00): S01E06 The Lamp',
      '      terminal said so',
      '  ! E03.srt: it is an HTML page',
    ]);
  });

  it('says of a disc that was never compared what its titles were taken for all the same', () => {
    const film: Match = match(1, {
      kind: 'movie',
      evidence: [{ source: 'structure', says: 'Its role on the disc is "main"', weight: 1 }],
    });
    const titles = [someTitle(1, { state: 'completed', match: film }), someTitle(2)];
    const job = someJob({ identity: someIdentity({ title: 'Long Meridian' }), titles });
    assert.deepEqual(explanationInWords({ job: snapshotOf(job), findings: null }, plain), [
      `Long Meridian  ${job.id}`,
      '  ✔ t01, title 1 (25:00): the film',
      '      Its role on the disc is "main"',
      '    t02, title 2 (25:00): pending',
    ]);
  });
});
