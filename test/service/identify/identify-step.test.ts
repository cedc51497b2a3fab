import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { IdentityStatement } from '../../../service/contract/identity.ts';
import { DiscflowError } from '../../../service/errors.ts';
import {
  createIdentifyStep,
  type IdentifyOptions,
} from '../../../service/identify/identify-step.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import type { BlurayScan } from '../../../service/scan/record.ts';
import { findRelations } from '../../../service/scan/relations.ts';
import { scanDisc } from '../../../service/scan/scan-disc.ts';
import { relabelImage, scrambleImage } from '../../authoring/disc-faults.ts';
import { playlist } from '../scan/bluray-titles.ts';
import { changed, jobFor, runStep, sampleDiscs } from './job-under-test.ts';

function identify(job: JobDocument, options: Partial<IdentifyOptions> = {}) {
  const defaults: IdentifyOptions = {
    openMedium,
    scanDisc,
    remembered: () => null,
    policies: { identity: 'ask' },
  };
  return runStep(createIdentifyStep({ ...defaults, ...options }), job);
}

/** Overwrites both copies of a title set's structure; which set it is stands in the order on the disc. */
async function loseTitleSet(image: string, output: string, titleSet: number): Promise<void> {
  const bytes = await readFile(image);
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at += 2048)
    if (bytes.toString('latin1', at, at + 12) === 'DVDVIDEO-VTS') starts.push(at);
  for (const at of starts.slice(2 * titleSet - 2, 2 * titleSet)) bytes.fill(0xa5, at, at + 2048);
  await writeFile(output, bytes);
}

const rolesOf = ({ titles }: JobDocument) =>
  titles.map(({ id, role, state }) => `${id} ${role} ${state}`);

describe('identify step', () => {
  it('knows the sample film, and asks whether its label tells the truth', async () => {
    const { job, result, events } = await identify(jobFor(sampleDiscs.film));
    assert.deepEqual(result, { end: 'done' });
    assert.equal(job.disc.kind, 'dvd');
    assert.match(job.disc.fingerprint ?? '', /^[0-9A-F]{32}$/);
    assert.deepEqual(rolesOf(job), ['t01 main pending', 't02 extra pending']);
    assert.equal(job.identity?.title, 'Long Meridian');
    assert.equal(job.identity?.decidedBy, 'evidence');
    const [question] = job.questions;
    assert.equal(question?.text, 'Is this disc "Long Meridian"?');
    assert.deepEqual(
      question?.candidates.map(({ id, label }) => `${id} ${label}`),
      ['label Film: Long Meridian'],
    );
    assert.deepEqual(events, ['question-asked 1']);
  });

  it('knows the sample series with its play-all, season and disc', async () => {
    const { job } = await identify(jobFor(sampleDiscs.series));
    assert.deepEqual(rolesOf(job), [
      't01 play-all skipped',
      't02 episode pending',
      't03 episode pending',
      't04 episode pending',
      't05 extra pending',
    ]);
    assert.deepEqual(job.titles[0]?.related, ['t02', 't03', 't04']);
    const { kind, title, season, disc } = job.identity ?? {};
    assert.deepEqual([kind, title, season, disc], ['tv', 'Harbour Lights', 1, 1]);
  });

  it('does not hide a title whose set is damaged beyond reading, and takes it when the disc is whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'discflow-lost-'));
    try {
      const scratched = join(folder, 'scratched.iso');
      await loseTitleSet(sampleDiscs.series, scratched, 2);
      const { job, result } = await identify(jobFor(scratched));
      assert.deepEqual(result, { end: 'done' });
      assert.equal(rolesOf(job)[4], 't05 unknown failed');
      assert.equal(job.titles[4]?.error?.code, 'disc-unreadable');
      const again = await changed(job, (draft) => {
        draft.disc.source = sampleDiscs.series;
        for (const title of draft.titles) if (title.state === 'failed') title.state = 'pending';
      });
      assert.equal(rolesOf((await identify(again)).job)[4], 't05 extra pending');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes the label without a question when the policy says so', async () => {
    const { job } = await identify(jobFor(sampleDiscs.film), { policies: { identity: 'accept' } });
    assert.equal(job.identity?.decidedBy, 'policy');
    assert.deepEqual(job.questions, []);
  });

  it('changes nothing when it runs again', async () => {
    const first = await identify(jobFor(sampleDiscs.series));
    const second = await identify(first.job);
    assert.deepEqual({ ...second.job, rev: 0 }, { ...first.job, rev: 0 });
    assert.deepEqual(second.events, []);
  });

  it('keeps what a person said and what was ripped when it runs again', async () => {
    const { job } = await identify(jobFor(sampleDiscs.film));
    const later = changed(job, (draft) => {
      if (draft.identity) Object.assign(draft.identity, { title: 'Other', decidedBy: 'person' });
      for (const title of draft.titles) title.state = 'ripping';
    });
    const again = await identify(later);
    assert.equal(again.job.identity?.title, 'Other');
    assert.deepEqual(again.job.titles, later.titles);
  });

  it('asks nobody about a disc that somebody decided before', async () => {
    const decision = {
      identity: { kind: 'tv' as const, title: 'Lights of the Harbour', season: 2 },
      titles: [{ id: 't03', match: { kind: 'episode' as const, season: 2, episodes: [9] } }],
      wanted: null,
      owned: null,
    };
    const { job } = await identify(jobFor(sampleDiscs.series), { remembered: () => decision });
    assert.equal(job.identity?.title, 'Lights of the Harbour');
    assert.equal(job.identity?.decidedBy, 'remembered');
    assert.deepEqual(job.titles[2]?.match?.episodes, [9]);
    assert.deepEqual(job.questions, []);
  });

  describe('of a disc that was announced before it was put in', () => {
    const remembered = () => ({
      identity: { kind: 'movie' as const, title: 'Old Meridian', year: 1999 },
      titles: [],
      wanted: null,
      owned: null,
    });
    const announced = (identity: IdentityStatement): JobDocument => ({
      ...jobFor(sampleDiscs.film),
      armed: { id: ulid(), identity, library: null, expires: null, at: '2026-01-01T00:00:00Z' },
    });

    it('takes the newer word against what was said when it was here before, and asks nothing', async () => {
      const job = announced({ title: 'New Meridian', year: 2026 });
      const { job: identified } = await identify(job, { remembered });
      const { title, year, kind, decidedBy } = identified.identity ?? {};
      assert.deepEqual([title, year, kind, decidedBy], ['New Meridian', 2026, 'movie', 'person']);
      assert.deepEqual(identified.questions, []);
    });

    it('is asked about when only a number of TMDB was said and nothing tells its name', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'discflow-identify-'));
      try {
        const image = join(folder, 'DVD_VIDEO.iso');
        await symlink(sampleDiscs.film, image);
        const nameless: IdentifyOptions['scanDisc'] = async (...given) => ({
          ...(await scanDisc(...given)),
          label: 'DVD_VIDEO',
        });
        const job = { ...announced({ tmdb: 603 }), disc: jobFor(image).disc };
        const { job: identified } = await identify(job, { scanDisc: nameless });
        assert.equal(identified.identity?.title, null);
        assert.deepEqual(
          identified.questions.map(({ kind, answered }) => [kind, answered]),
          [['identity', null]],
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('goes by its kind, and asks for the name that nobody has said', async () => {
      const { job } = await identify(announced({ kind: 'tv', season: 3 }));
      assert.deepEqual([job.identity?.kind, job.identity?.season], ['tv', 3]);
      assert.equal(job.questions[0]?.kind, 'identity');
    });
  });

  it('rips the titles that somebody chose when the disc was here before', async () => {
    const decision = { identity: null, titles: [], wanted: ['t02'], owned: null };
    const { job } = await identify(jobFor(sampleDiscs.series), { remembered: () => decision });
    assert.deepEqual(
      job.titles.filter(({ wanted }) => wanted).map(({ id, state }) => [id, state]),
      [['t02', 'pending']],
    );
  });

  it('takes the title that somebody chose of an obfuscated disc for the film again', async () => {
    const parts = ['00001 0-1500', '00002 0-1600', '00003 0-1700', '00004 0-1800'];
    const orders = parts.flatMap((first) =>
      parts
        .filter((part) => part !== first)
        .map((second) => [first, second, ...parts.filter((p) => p !== first && p !== second)]),
    );
    const scan: BlurayScan = {
      v: 1,
      structure: 'mpls',
      kind: 'bluray',
      source: sampleDiscs.film,
      label: 'LONG_MERIDIAN',
      name: null,
      fingerprint: '0'.repeat(32),
      globalId: null,
      bytes: 40e9,
      encryption: null,
      titles: findRelations(orders.map((order, index) => playlist(800 + index, ...order))),
      unreadable: [],
      damaged: [],
    };
    const decision = { identity: null, titles: [], wanted: ['t805'], owned: null };
    const options = { remembered: () => decision, scanDisc: async () => scan };
    const { job } = await identify(jobFor(sampleDiscs.film), options);
    assert.deepEqual(
      job.titles.filter(({ wanted }) => wanted).map(({ id, role }) => [id, role]),
      [['t805', 'main']],
    );
  });

  it('says how many titles are too many for a job, and no longer when they are not', async () => {
    const scan: BlurayScan = {
      ...{ v: 1, structure: 'mpls', kind: 'bluray', source: sampleDiscs.film, label: 'MANY' },
      ...{ name: null, fingerprint: '0'.repeat(32), globalId: null, bytes: 40e9, encryption: null },
      titles: findRelations(
        Array.from({ length: 1100 }, (_, number) =>
          playlist(number, `${String(1000 + number).padStart(5, '0')} 0-${130 + number}`),
        ),
      ),
      ...{ unreadable: [], damaged: [] },
    };
    const { job } = await identify(jobFor(sampleDiscs.film), { scanDisc: async () => scan });
    assert.deepEqual([job.titles.length, job.disc.leftOut], [999, 101]);
    const { job: again } = await identify(job);
    assert.equal('leftOut' in again.disc, false);
  });

  it('does as the flow says, title by title', async () => {
    const job = jobFor(sampleDiscs.series);
    job.set = {
      identity: { kind: 'tv', title: 'Set', season: 4 },
      titles: [
        { id: 't05', wanted: false },
        { id: 't02', match: { kind: 'episode', season: 4, episodes: [1, 2] } },
      ],
    };
    const ran = await identify(job);
    assert.equal(ran.job.identity?.decidedBy, 'flow');
    assert.equal(ran.job.identity?.season, 4);
    assert.equal(ran.job.titles[4]?.state, 'skipped');
    assert.deepEqual(ran.job.titles[1]?.match?.episodes, [1, 2]);
    assert.deepEqual(ran.job.questions, []);
  });

  it('still asks for the title when the flow says only the kind', async () => {
    const job = jobFor(sampleDiscs.series);
    job.set = { identity: { kind: 'movie' } };
    const ran = await identify(job);
    assert.equal(ran.job.identity?.kind, 'movie');
    assert.equal(ran.job.titles.filter(({ role }) => role === 'main').length, 1);
    assert.equal(ran.job.questions.length, 1);
  });

  it('closes its question when the flow has named the disc since', async () => {
    const { job } = await identify(jobFor(sampleDiscs.film));
    job.set = { identity: { title: 'Named' } };
    const { events } = await identify(job);
    assert.deepEqual(events, ['question-answered 1 1']);
  });

  it('says when trying again may help', async () => {
    const { result } = await identify(jobFor('/dev/none'), {
      openMedium: async () => {
        throw new DiscflowError('drive-busy', 'busy', { hint: 'wait', transient: true });
      },
    });
    assert.ok(result.end === 'failed' && result.transient);
  });

  it('throws what nobody expected', async () => {
    const openBroken = async () => {
      throw new TypeError('broken');
    };
    await assert.rejects(identify(jobFor('/dev/none'), { openMedium: openBroken }), TypeError);
  });

  describe('on discs that are not as they should be', () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'discflow-identify-'));
    });
    after(() => rm(folder, { recursive: true }));

    it('refuses an encrypted disc before anything is ripped, and knows it all the same', async () => {
      const output = join(folder, 'scrambled.iso');
      await scrambleImage({ image: sampleDiscs.film, output });
      const { job, result } = await identify(jobFor(output));
      assert.ok(result.end === 'failed');
      assert.equal(result.problem.code, 'encrypted');
      assert.match(result.problem.hint, /MakeMKV/);
      assert.equal(result.transient, false);
      assert.equal(job.disc.label, 'LONG_MERIDIAN');
      assert.match(job.disc.fingerprint ?? '', /^[0-9A-F]{32}$/);
      assert.deepEqual(job.titles, []);
    });

    it('asks what a disc is whose label is hostile', async () => {
      const output = join(folder, 'hostile.iso');
      await relabelImage({ image: sampleDiscs.film, output }, '../\u0001\u202e..\\CON');
      const { job, result } = await identify(jobFor(output));
      assert.deepEqual(result, { end: 'done' });
      assert.doesNotMatch(job.identity?.title ?? '', /[/\\\p{C}]/u);
    });

    it('names a Blu-ray disc whose playlists are damaged as such', async () => {
      await mkdir(join(folder, 'BLU', 'BDMV', 'PLAYLIST'), { recursive: true });
      await writeFile(join(folder, 'BLU', 'BDMV', 'PLAYLIST', '00001.mpls'), 'MPLS0200');
      const { job, result } = await identify(jobFor(join(folder, 'BLU')));
      assert.ok(result.end === 'failed');
      assert.equal(result.problem.code, 'disc-unreadable');
      assert.equal(job.disc.kind, 'bluray');
      assert.equal(job.disc.label, 'BLU');
    });

    for (const [what, content] of [
      ['an empty file', ''],
      ['garbage', 'x'.repeat(70_000)],
    ] as const)
      it(`refuses ${what} with a hint`, async () => {
        const path = join(folder, 'bad.iso');
        await writeFile(path, content);
        const { result } = await identify(jobFor(path));
        assert.ok(result.end === 'failed' && !result.transient);
        assert.notEqual(result.problem.hint, '');
      });
  });
});
