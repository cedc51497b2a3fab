import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { JobSnapshot } from '../../service/contract/job.ts';
import { authoredBlurayOrSkip } from '../authoring/bluray/authored-bluray.ts';
import { offline } from '../offline.ts';
import { stationsOnOneBroker } from './test-station.ts';

describe('a disc that hides its film among playlists that look alike', function () {
  this.timeout(120_000);
  const start = stationsOnOneBroker();
  let image: string;

  before(async function () {
    image = (await authoredBlurayOrSkip(this, 'hidden')).images.udf;
  });

  it('is asked about before a byte is ripped, reads what was chosen, and remembers it', async () => {
    const station = await start();
    const { observer } = station;
    await station.insert(image);
    const asked = await station.jobWhere('asked about', ({ state }) => state === 'review_needed');
    const [question] = asked.questions.filter(({ answered }) => answered === null);
    assert.equal(question?.kind, 'titles');
    assert.match(question?.text ?? '', /Which title of this disc is the film\? .* 12 /);
    assert.equal(question?.candidates.length, 3);
    assert.deepEqual(
      asked.titles.filter(({ wanted }) => wanted),
      [],
    );
    await station.answer(asked, 'titles', { titles: ['t805'] });
    const ended = await station.ended(image);
    assert.equal(`${ended.state} ${ended.outcome}`, 'completed complete');
    assert.deepEqual(
      ended.titles.filter(({ wanted }) => wanted).map(({ id, role }) => `${id} ${role}`),
      ['t805 main'],
    );
    assert.deepEqual(await station.filed(), ['Hidden Film.mkv']);
    await station.until('nothing is asked', () => observer.reviews.size === 0);
    station.assertWholeStory();
  });

  it('arrives in one go for who takes the default', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'discflow-hidden-'));
    try {
      const library = join(folder, 'library');
      await mkdir(library);
      const args = ['dist/service/main.js', '--data', join(folder, 'data'), 'run', image];
      const { stdout } = await execa(
        process.execPath,
        [...args, '--library', library, '--yes', '--json'],
        { env: offline, timeout: 60_000 },
      );
      assert.equal(JobSnapshot.parse(JSON.parse(stdout)).outcome, 'complete');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
