import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createIdentifyStep } from '../../../../service/identify/identify-step.ts';
import type { JobDocument } from '../../../../service/jobs/document.ts';
import { createMatchStep } from '../../../../service/match/match-step.ts';
import { createMatching, type Matching } from '../../../../service/match/matching.ts';
import { readCues } from '../../../../service/match/references/cues/read-cues.ts';
import type { Reference, ReferenceQuery } from '../../../../service/match/references/reference.ts';
import { openMedium } from '../../../../service/scan/medium/open-medium.ts';
import { scanDisc } from '../../../../service/scan/scan-disc.ts';
import { changed, inWords, jobFor, runStep, sampleDiscs } from '../../identify/job-under-test.ts';
import { silent } from '../../jobs/fixtures.ts';
import { ripDisc, tools } from '../../rip/rip-disc.ts';

const folder = fileURLToPath(
  new URL('../../../../examples/discs/references/Harbour Lights/Season 01', import.meta.url),
);

async function references(language: string): Promise<Reference[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${language}.srt`)).sort();
  return Promise.all(
    names.map(async (name): Promise<Reference> => {
      const [, season, episode] = /S(\d+)E(\d+)/.exec(name) ?? [];
      const { cues } = readCues(await readFile(join(folder, name), 'utf8'));
      const numbers = { season: Number(season), episodes: [Number(episode)] };
      return { id: name, ...numbers, name: null, language, source: 'folder', origin: name, cues };
    }),
  );
}

describe('the titles of a real disc, ripped and measured', function () {
  this.timeout(60_000);
  let staging: string;
  let ripped: JobDocument;
  let matchings: Matching[];
  let queries: ReferenceQuery[];

  before(async function () {
    if (!(await tools.find('mkvmerge')) || !(await tools.find('ffmpeg'))) this.skip();
    staging = await mkdtemp(join(tmpdir(), 'discflow-matching-'));
    const identify = createIdentifyStep({
      openMedium,
      scanDisc,
      remembered: () => null,
      policies: { identity: 'ask' },
    });
    const { job } = await runStep(identify, jobFor(sampleDiscs.series));
    ripped = (await ripDisc({ job, staging })).job;
  });
  beforeEach(() => {
    [matchings, queries] = [[], []];
  });
  afterEach(async () => {
    for (const matching of matchings) await matching.stop();
  });
  after(() => rm(staging, { recursive: true, force: true }));

  function matchingWith(found: Reference[], { rest = 60_000 } = {}): Matching {
    const matching = createMatching({
      rest,
      gather: async (query) => {
        queries.push(query);
        return { references: found, rejected: [], notes: ['A note'] };
      },
      listEpisodes: async () => ({ titles: [], episodes: [] }),
      othersOfSet: () => [],
      speech: async () => null,
      tools,
      log: silent,
    });
    matchings.push(matching);
    return matching;
  }

  async function match(found: Reference[], job = ripped, matching = matchingWith(found)) {
    const rules = { policies: { episodeOrder: 'ask' as const }, episodesTaken: () => [] };
    return (await runStep(createMatchStep({ ...rules, measure: matching.measure }), job)).job;
  }

  const matchesOf = ({ titles }: JobDocument) =>
    titles.filter(({ wanted }) => wanted).map(({ state, match }) => `${state} ${inWords(match)}`);
  const openKinds = ({ questions }: JobDocument) =>
    questions.filter(({ answered }) => !answered).map(({ kind }) => kind);
  const right = ['matched S01E01', 'matched S01E02', 'matched S01E03', 'matched extra Bonus 1-05'];

  for (const language of ['en', 'fr'])
    it(`are named without a question by the times of ${language} subtitles, which confirm the show`, async () => {
      const job = await match(await references(language));
      assert.deepEqual(matchesOf(job), right);
      assert.deepEqual(openKinds(job), []);
      const [reason] = job.titles[1]?.match?.evidence ?? [];
      assert.match(reason?.says ?? '', /^48 of 48 subtitle times agree; runner-up E0\d with \d+$/);
      assert.match(job.identity?.evidence[0]?.says ?? '', /3 of its titles are episodes/);
      assert.deepEqual(job.findings?.notes, ['A note']);
    });

  it('answer what the disc is before anybody is asked, or leave it to be asked', async () => {
    const identify = createIdentifyStep({
      openMedium,
      scanDisc,
      remembered: () => null,
      hasReferences: async ({ title, season }) => title === 'Harbour Lights' && season === 1,
      policies: { identity: 'ask' },
    });
    const { job } = await runStep(identify, jobFor(sampleDiscs.series));
    assert.deepEqual([job.questions, job.postponed?.kind], [[], 'identity']);
    const unasked = { ...ripped, questions: job.questions, postponed: job.postponed };
    const answered = await match(await references('en'), unasked);
    assert.deepEqual([openKinds(answered), answered.postponed], [[], null]);
    assert.deepEqual(openKinds(await match([], unasked)), ['identity', 'order']);
  });

  it('are not filed twice as one episode when the disc has it twice, which its structure does not show', async () => {
    const twice = changed(ripped, ({ titles: [, one, other] }) => {
      if (one && other) Object.assign(other, { file: one.file, duration: one.duration });
    });
    const job = await match(await references('en'), twice);
    const [kept, asked, next] = matchesOf(job);
    assert.equal(kept, 'matched S01E01');
    assert.match(asked ?? '', /^review (?!S01E01)/);
    assert.match(next ?? '', /S01E03$/);
    const question = job.questions.find(({ titles }) => titles[0] === 't03');
    assert.notEqual(question?.default, 's01e01');
    assert.ok(question?.candidates.some(({ id }) => id === 's01e01'));
  });

  it('are judged by the rest when nothing can read their files', async () => {
    const matching = createMatching({
      gather: async () => ({ references: await references('en'), rejected: [], notes: [] }),
      listEpisodes: async () => ({ titles: [], episodes: [] }),
      othersOfSet: () => [],
      speech: async () => null,
      tools: { run: tools.run, find: async () => null },
      log: silent,
    });
    matchings.push(matching);
    const job = await match([], ripped, matching);
    assert.ok(matchesOf(job)[0]?.startsWith('review'));
    assert.match(job.findings?.notes[0] ?? '', /Title t0\d: There is neither/);
  });

  it('are left at once when the step is stopped, and measured the next time', async () => {
    const matching = matchingWith(await references('en'));
    const stop = new AbortController();
    const stopped = matching.measure(ripped, { signal: stop.signal, progress: () => undefined });
    setImmediate(() => stop.abort());
    await assert.rejects(stopped);
    assert.deepEqual(matchesOf(await match([], ripped, matching)), right);
  });

  it('are measured while the disc is being read, once', async () => {
    const matching = matchingWith(await references('en'));
    matching.look(ripped);
    const first = await match([], ripped, matching);
    const again = await match([], ripped, matching);
    assert.deepEqual(matchesOf(first), right);
    assert.deepEqual(matchesOf(again), right);
    assert.deepEqual(
      queries.map(({ show, seasons, languages }) => [show, seasons, languages]),
      [['Harbour Lights', [1], ['en', 'fr']]],
    );
  });

  it('are forgotten when the disc only waits for a person, and measured again when it goes on', async () => {
    const matching = matchingWith(await references('en'), { rest: 0 });
    matching.look(ripped);
    const first = await match([], ripped, matching);
    matching.look(first);
    await sleep(10);
    assert.deepEqual(matchesOf(await match([], ripped, matching)), right);
    assert.equal(queries.length, 2);
  });

  it('are asked in the order of the disc when there is no reference', async () => {
    const job = await match([]);
    assert.deepEqual(matchesOf(job).slice(0, 3), [
      'review S01E01',
      'review S01E02',
      'review S01E03',
    ]);
    assert.deepEqual(openKinds(job), ['identity', 'order']);
  });

  it('are named nothing, silently, by references of other episodes', async () => {
    const others = (await references('en')).slice(3);
    const job = await match(others);
    assert.ok(
      matchesOf(job)
        .slice(0, 3)
        .every((word) => word.startsWith('review')),
    );
    assert.ok(openKinds(job).includes('identity'));
  });

  it('find the season that nobody named', async () => {
    const unnamed = changed(ripped, ({ identity }) => {
      if (identity) identity.season = null;
    });
    const elsewhere = (await references('en')).map((one) => ({ ...one, season: 4 }));
    const job = await match(elsewhere, unnamed);
    assert.equal(job.identity?.season, 4);
    assert.deepEqual(matchesOf(job)[0], 'matched S04E01');
  });

  it('are told apart by their voices when they have no subtitles', async () => {
    const mute = await mkdtemp(join(staging, 'mute-'));
    const mkvmerge = await tools.find('mkvmerge');
    const job = structuredClone(ripped);
    for (const title of job.titles) {
      if (title.file === null) continue;
      const file = join(mute, `${title.id}.mkv`);
      await tools.run(mkvmerge?.path ?? '', ['-q', '-o', file, '-S', title.file]);
      title.file = file;
    }
    const found = await match(await references('en'), job);
    for (const { id, verdict, ranked } of found.findings?.titles ?? []) {
      const [best] = ranked;
      if (verdict === 'ask') continue;
      assert.equal(best?.episodes[0]?.episode, Number(id.slice(1)) - 1, 'what is taken is right');
    }
    assert.ok(found.findings?.titles.length === 3);
  });

  it('are measured anew when a file took the place of another', async () => {
    const matching = matchingWith(await references('en'));
    await match([], ripped, matching);
    const swapped = structuredClone(ripped);
    const [t02, t03] = ['t02', 't03'].map((id) => swapped.titles.find((one) => one.id === id));
    assert.ok(t02?.file && t03?.file);
    const copy = join(staging, 'copy.mkv');
    await copyFile(t03.file, copy);
    [t02.file, t03.file] = [copy, t02.file];
    const { findings } = await match([], swapped, matching);
    const says = (index: number, episode: number) =>
      findings?.titles[index]?.ranked.find(({ episodes: [one] }) => one?.episode === episode)
        ?.explained[0]?.says;
    assert.match(says(0, 2) ?? '', /^49 of 49/);
    assert.match(says(1, 1) ?? '', /^48 of 48/);
  });
});
