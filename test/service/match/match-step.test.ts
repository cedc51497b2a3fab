import assert from 'node:assert/strict';
import { createIdentifyStep } from '../../../service/identify/identify-step.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import type { MatchRules } from '../../../service/match/derive.ts';
import { createMatchStep, type MatchStepOptions } from '../../../service/match/match-step.ts';
import { restateIdentity } from '../../../service/review/restate.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import { scanDisc } from '../../../service/scan/scan-disc.ts';
import {
  changed,
  inWords,
  jobFor,
  ripped,
  runStep,
  sampleDiscs,
} from '../identify/job-under-test.ts';

const rules: MatchRules = { policies: { episodeOrder: 'ask' }, episodesTaken: () => [] };

function match(job: JobDocument, changes: Partial<MatchStepOptions> = {}) {
  return runStep(createMatchStep({ ...rules, ...changes }), job);
}

const matchesOf = ({ titles }: JobDocument) =>
  titles.filter(({ wanted }) => wanted).map((title) => `${title.state} ${inWords(title.match)}`);

describe('match step', () => {
  let film: JobDocument;
  let series: JobDocument;
  before(async () => {
    const identify = createIdentifyStep({
      openMedium,
      scanDisc,
      remembered: () => null,
      policies: { identity: 'ask' },
    });
    film = ripped((await runStep(identify, jobFor(sampleDiscs.film))).job);
    series = ripped((await runStep(identify, jobFor(sampleDiscs.series))).job);
  });

  const orderOf = ({ questions }: JobDocument) => questions.find(({ kind }) => kind === 'order');

  it('matches a film and its extras at once, whether or not its name is certain', async () => {
    const { job, result, events } = await match(film);
    assert.deepEqual(result, { end: 'done' });
    assert.deepEqual(matchesOf(job), ['matched film', 'matched extra Bonus 1-02']);
    assert.deepEqual(events, [
      'title-state t01 ripped matching',
      'title-state t02 ripped matching',
      'title-state t01 matching matched',
      'title-state t02 matching matched',
    ]);
  });

  it('names the other cuts of a film by number', async () => {
    const cuts = changed(film, ({ titles }) => {
      for (const title of titles) if (title.id === 't02') title.role = 'cut';
    });
    assert.deepEqual(matchesOf((await match(cuts)).job), ['matched film', 'matched Cut 2']);
  });

  it('asks for the order of episodes, with that of the disc as default', async () => {
    const { job } = await match(series);
    assert.deepEqual(matchesOf(job), [
      'review S01E01',
      'review S01E02',
      'review S01E03',
      'matched extra Bonus 1-05',
    ]);
    const question = orderOf(job);
    assert.equal(question?.text, 'Which episodes of "Harbour Lights", season 1, are on this disc?');
    assert.deepEqual(
      question?.candidates.map(({ label }) => label),
      ['S01E01-E03: As the disc numbers them and its play-all plays them'],
    );
    assert.deepEqual(question?.titles, ['t02', 't03', 't04']);
  });

  it('follows the play-all where it contradicts the numbers, and offers both', async () => {
    const odd = changed(series, ({ titles }) => {
      for (const title of titles)
        if (title.role === 'play-all') title.related = ['t03', 't02', 't04'];
    });
    const { job } = await match(odd);
    assert.deepEqual(matchesOf(job).slice(0, 3), [
      'review S01E02',
      'review S01E01',
      'review S01E03',
    ]);
    assert.deepEqual(
      orderOf(job)?.candidates.map(({ id }) => id),
      ['play-all', 'disc-order'],
    );
  });

  it('takes the order without a question when the policy says so', async () => {
    const { job } = await match(series, { policies: { episodeOrder: 'accept' } });
    assert.deepEqual(matchesOf(job).slice(0, 1), ['matched S01E01']);
    assert.equal(job.titles[1]?.match?.decidedBy, 'policy');
    assert.equal(orderOf(job), undefined);
  });

  const laterDiscs: [disc: number | null, taken: number[], first: string][] = [
    [1, [1, 2, 3], 'S01E01'],
    [2, [1, 2, 3], 'S01E04'],
    [2, [], 'S01E01'],
    [null, [1, 2, 3], 'S01E01'],
  ];
  for (const [disc, taken, first] of laterDiscs)
    it(`begins disc ${disc} with ${first} when ${taken.length} episodes are there`, async () => {
      const later = changed(series, ({ identity }) => {
        if (identity) identity.disc = disc;
      });
      const episodesTaken = (show: string, season: number) =>
        show === 'Harbour Lights' && season === 1 ? taken : [];
      const { job } = await match(later, { episodesTaken });
      assert.equal(inWords(job.titles[1]?.match ?? null), first);
    });

  it('counts an episode that could not be read, so that the next ones keep their numbers', async () => {
    const broken = changed(series, ({ titles }) => {
      for (const title of titles) if (title.id === 't03') title.state = 'pending';
    });
    const damaged = changed(broken, ({ titles }) => {
      for (const title of titles) if (title.id === 't03') title.state = 'failed';
    });
    const { job } = await match(damaged);
    assert.deepEqual(matchesOf(job).slice(0, 3), [
      'review S01E01',
      'failed S01E02',
      'review S01E03',
    ]);
  });

  it('counts an episode that is not wanted', async () => {
    const without = changed(series, ({ titles }) => {
      for (const title of titles)
        if (title.id === 't02') Object.assign(title, { wanted: false, state: 'skipped' });
    });
    const { job } = await match(without);
    assert.deepEqual(matchesOf(job).slice(0, 2), ['review S01E02', 'review S01E03']);
  });

  it('leaves alone what a flow has said of a title', async () => {
    const set = changed(series, ({ titles }) => {
      for (const title of titles)
        title.match = {
          kind: 'episode',
          season: 9,
          episodes: [title.number],
          name: null,
          probability: 1,
          decidedBy: 'flow',
          evidence: [],
        };
    });
    const { job } = await match(set);
    assert.deepEqual(matchesOf(job).slice(0, 1), ['matched S09E02']);
    assert.equal(orderOf(job), undefined);
  });

  it('measures anew what somebody says is another series meanwhile', async () => {
    const about: unknown[] = [];
    let job = changed(series, () => undefined);
    const step = createMatchStep({
      ...rules,
      measure: async ({ identity }) => {
        about.push(identity?.title);
        if (about.length > 1) return null;
        job = changed(job, (draft) => {
          if (draft.identity) draft.identity.title = 'Other Lights';
        });
        // As matching does when it hears of it.
        throw new DOMException('This operation was aborted', 'AbortError');
      },
    });
    const update = async (change: (draft: JobDocument) => void) => {
      job = changed(job, change);
      return job;
    };
    const { signal } = new AbortController();
    const result = await step({ job: () => job, signal, update, progress: () => undefined });
    assert.deepEqual(result, { end: 'done' });
    assert.deepEqual(about, ['Harbour Lights', 'Other Lights']);
    assert.equal(
      orderOf(job)?.text,
      'Which episodes of "Other Lights", season 1, are on this disc?',
    );
  });

  it('fails when its titles cannot be measured, and nobody said anything', async () => {
    const broken = { measure: () => Promise.reject(new Error('no thread can be started')) };
    await assert.rejects(match(series, broken), /no thread/);
  });

  it('changes nothing when it runs again, even after a stop between its two changes', async () => {
    const once = await match(series);
    const again = await match(once.job);
    assert.deepEqual(again.events, []);
    assert.deepEqual(again.job.questions, once.job.questions);
    const halfway = changed(series, ({ titles }) => {
      for (const title of titles) if (title.state === 'ripped') title.state = 'matching';
    });
    assert.deepEqual(matchesOf((await match(halfway)).job), matchesOf(once.job));
  });

  describe('with a disc that TheDiscDB describes', () => {
    const described = (...titles: NonNullable<JobDocument['catalogue']>['titles']) =>
      changed(series, (draft) => {
        draft.catalogue = { titles, season: null };
      });
    const episode = (id: string, number: number) => {
      const match = {
        kind: 'episode' as const,
        season: 3,
        episodes: [number],
        name: `No. ${number}`,
      };
      return { id, match };
    };

    it('takes the episodes as described and asks nobody', async () => {
      const { job } = await match(
        described(episode('t02', 8), episode('t03', 7), episode('t04', 9), {
          id: 't05',
          match: { kind: 'extra', name: 'Making of' },
        }),
      );
      assert.deepEqual(matchesOf(job), [
        'matched S03E08',
        'matched S03E07',
        'matched S03E09',
        'matched extra Making of',
      ]);
      assert.equal(job.titles[1]?.match?.name, 'No. 8');
      assert.equal(job.titles[1]?.match?.evidence[0]?.source, 'thediscdb');
    });

    it('asks when it leaves an episode out', async () => {
      const { job } = await match(described(episode('t02', 8), episode('t03', 7)));
      assert.ok(orderOf(job));
    });

    it('asks when it calls two titles the same episode', async () => {
      const { job } = await match(
        described(episode('t02', 8), episode('t03', 9), episode('t04', 9)),
      );
      const order = orderOf(job) ?? assert.fail('nobody is asked');
      const evidence = order.candidates.flatMap((candidate) => candidate.evidence);
      assert.match(evidence.map(({ says }) => says).join('\n'), /another title episode 9, too/);
    });

    it('asks when TMDB has no such episode in the season', async () => {
      const job = described(episode('t02', 8), episode('t03', 7), episode('t04', 9));
      if (job.identity) Object.assign(job.identity, { tmdb: 77, season: 3 });
      const listing = (last: number): MatchStepOptions['lookUpSeason'] => {
        const episodes = Array.from({ length: last }, (_, index) => {
          return { episode: index + 1, name: null };
        });
        return async (wanted) => ({ ...wanted, episodes });
      };
      assert.equal(orderOf((await match(job, { lookUpSeason: listing(9) })).job), undefined);
      assert.ok(orderOf((await match(job, { lookUpSeason: listing(8) })).job));
    });

    it('does not believe it any more when a person says it is another series', async () => {
      const { job } = await match(
        described(episode('t02', 8), episode('t03', 7), episode('t04', 9)),
      );
      const restated = changed(job, (draft) =>
        restateIdentity(
          draft,
          { title: 'Other Lights' },
          { decidedBy: 'person', by: 'me', at: '2026-01-01T00:00:00Z', rules },
        ),
      );
      assert.equal(restated.titles[1]?.match?.season, 1);
    });
  });

  describe('with a series that TMDB knows', () => {
    const known = () =>
      changed(series, ({ identity }) => {
        if (identity) Object.assign(identity, { tmdb: 77, season: 1 });
      });
    const episodes = [1, 2, 3].map((number) => ({ episode: number, name: `Part ${number}` }));

    it('names the episodes, and looks them up once', async () => {
      const asked: unknown[] = [];
      const lookUpSeason: MatchStepOptions['lookUpSeason'] = async (wanted) => {
        asked.push(wanted);
        return { ...wanted, episodes };
      };
      const { job } = await match(known(), { lookUpSeason });
      assert.deepEqual(
        job.titles.slice(1, 4).map((title) => title.match?.name),
        ['Part 1', 'Part 2', 'Part 3'],
      );
      await match(job, { lookUpSeason });
      assert.deepEqual(asked, [{ tmdb: 77, season: 1 }]);
    });

    it('goes on without names when TMDB cannot be asked', async () => {
      const { job } = await match(known(), { lookUpSeason: async () => null });
      assert.deepEqual(matchesOf(job).slice(0, 1), ['review S01E01']);
    });

    it('looks again when the answer is another season', async () => {
      const { job } = await match(known(), {
        lookUpSeason: async (wanted) => ({ ...wanted, episodes }),
      });
      job.steps.match.state = 'done';
      const restated = changed(job, (draft) =>
        restateIdentity(
          draft,
          { season: 2 },
          { decidedBy: 'person', by: 'me', at: '2026-01-01T00:00:00Z', rules },
        ),
      );
      assert.equal(restated.steps.match.state, 'pending');
    });
  });

  it('calls everything an extra on a disc that nobody knows', async () => {
    const unknown = changed(film, ({ identity }) => {
      if (identity) Object.assign(identity, { kind: 'unknown', disc: 2 });
    });
    assert.deepEqual(matchesOf((await match(unknown)).job), [
      'matched extra Bonus 2-01',
      'matched extra Bonus 2-02',
    ]);
  });
});
