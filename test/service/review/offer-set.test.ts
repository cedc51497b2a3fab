import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createIdentifyStep } from '../../../service/identify/identify-step.ts';
import { setKeyOf } from '../../../service/identify/set-key.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { createSetTeller } from '../../../service/jobs/tell-set.ts';
import { applyAnswer } from '../../../service/review/answer.ts';
import { contradicts, type SetAnswer } from '../../../service/review/offer-set.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import { scanDisc } from '../../../service/scan/scan-disc.ts';
import { AnsweredSets } from '../../../service/store/answered-sets.ts';
import { changed, jobFor, runStep, sampleDiscs } from '../identify/job-under-test.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

const who = { by: 'tester', at: '2026-03-04T12:00:00.000Z' };
const said: SetAnswer = {
  identity: { kind: 'tv', title: 'Harbor Lights', year: 2020, season: 3, tmdb: 7 },
  label: 'SHOW_S1_D2',
};

async function identified(set: SetAnswer | null): Promise<JobDocument> {
  const step = createIdentifyStep({
    openMedium,
    scanDisc,
    remembered: () => null,
    answeredSet: () => set,
    policies: { identity: 'ask' },
  });
  return (await runStep(step, jobFor(sampleDiscs.series))).job;
}

const questionOf = (job: JobDocument) =>
  job.questions.find(({ kind }) => kind === 'identity') ?? assert.fail('nobody is asked');

describe('what was said of one disc of a set', () => {
  it('is the first answer to what another one is, with its own season and number', async () => {
    const question = questionOf(await identified(said));
    assert.deepEqual(
      question.candidates.map(({ id, label }) => [id, label]),
      [
        ['set', 'Series: Harbor Lights (2020) S1 D1'],
        ['label', 'Series: Harbour Lights S1 D1'],
      ],
    );
    assert.equal(question.default, 'set');
    assert.match(question.candidates[0]?.evidence[0]?.says ?? '', /SHOW_S1_D2/);
  });

  it('is told of a film without calling it a set', async () => {
    const film = { ...said, identity: { kind: 'movie' as const, title: 'The Long Meridian' } };
    for (const [answer, says] of [
      [said, 'Somebody said so of SHOW_S1_D2, which is of the same set'],
      [film, 'Somebody said so of SHOW_S1_D2, a disc with the same name'],
    ] as const)
      assert.equal(questionOf(await identified(answer)).candidates[0]?.evidence[0]?.says, says);
  });

  it('is heard by the disc that is asked at that moment, and by later ones also after a restart', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder.path, 'state'));
    const sets = new AnsweredSets(join(folder.path, 'state', 'sets.json'));
    await sets.start();
    const first = await identified(null);
    let other = { ...(await identified(null)), id: '01ARZ3NDEKTSV4RRFFQ69G5FA2' };
    const kept: Promise<void>[] = [];
    const tell = createSetTeller({
      sets,
      jobs: () => [first, other],
      change: async (id, change) => {
        assert.equal(id, other.id);
        other = changed(other, change);
      },
      keep: (work) => void kept.push(work()),
      failed: assert.ifError,
    });
    const answered = changed(first, (draft) => {
      const { id, rev } = questionOf(draft);
      applyAnswer(draft, id, rev, { identity: { title: 'Harbor Lights', year: 2020 } }, who);
    });
    tell(answered, first);
    await Promise.all(kept);
    const question = questionOf(other);
    assert.deepEqual([question.rev, question.default], [2, 'set']);
    const again = new AnsweredSets(join(folder.path, 'state', 'sets.json'));
    await again.start();
    assert.equal(again.find(setKeyOf(first.disc) ?? '')?.identity.title, 'Harbor Lights');
    await folder.remove();
  });

  const findings: [title: string, tmdb: number | null, isOther: boolean][] = [
    ['Harbor Lights', 7, false],
    ['Another spelling', 7, false],
    ['Harbor Lights', 8, true],
    ['HARBOR LIGHTS', null, false],
    ['Harbour Nights', null, true],
  ];
  for (const [title, tmdb, isOther] of findings)
    it(`is ${isOther ? 'contradicted' : 'borne out'} by "${title}", TMDB ${tmdb}`, () => {
      assert.equal(contradicts(said, { title, tmdb }), isOther);
    });
});
