import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../authoring/seeded-random.ts';
import { mosquittoVersion } from '../brokers.ts';
import { show, showFiles } from '../system/sample-discs.ts';
import type { TestStation } from '../system/test-station.ts';
import { answerPatiently } from './survival/answers.ts';
import { isMkvmergeInstalled } from './survival/rip-gate.ts';
import {
  type Interruption,
  interruptions,
  midRip,
  openScene,
  type Scene,
} from './survival/scene.ts';
import { assertArrived, lineNodes } from './survival/whole-story.ts';

const seed = process.env.DISCFLOW_TEST_SEED ?? `${Date.now()}`;
const kinds = Object.keys(interruptions) as Interruption[];

describe('the starter flow finishes its disc, with every step run once,', function () {
  this.timeout(90_000);
  let scene: Scene | undefined;
  let answers: ReturnType<typeof answerPatiently> | undefined;

  before(function () {
    console.log(`    mosquitto: ${mosquittoVersion() ?? 'not installed, so aedes'}`);
    if (isMkvmergeInstalled()) return;
    console.log('    skipped: mkvmerge is not installed');
    this.skip();
  });
  afterEach(async function () {
    await answers?.stop();
    if (this.currentTest?.isFailed()) console.log(await scene?.nodeRed.said());
    await scene?.close();
    [answers, scene] = [undefined, undefined];
  });

  async function open(options: Parameters<typeof openScene>[0] = {}): Promise<Scene> {
    scene = await openScene(options);
    return scene;
  }

  /** The nodes that sent more than the one result. */
  function repeats({ nodeRed }: Scene): string[] {
    return lineNodes.filter((node) => nodeRed.journal.sentBy(node).length > 1);
  }

  function isAsking({ observer }: TestStation): boolean {
    const questions = [...observer.jobs.values()].flatMap((job) => job.questions);
    return questions.some(({ answered }) => answered === null);
  }

  it('undisturbed, and the button in the flow answers its questions', async () => {
    const scene = await open();
    const { gate, nodeRed, station } = scene;
    const { journal } = nodeRed;
    await gate.open();
    await station.insert(show);
    for (const count of [1, 2]) {
      const shown = () => journal.sentBy('starter-words').length === count && isAsking(station);
      await station.until(`question ${count} in the flow`, shown);
      await nodeRed.press('starter-accept');
    }
    await assertArrived(scene);
    assert.deepEqual(repeats(scene), []);
    assert.equal(await gate.begun(), showFiles.length);
  });

  for (const name of kinds)
    it(`when ${name} in mid-rip`, async () => {
      const scene = await open();
      const { gate, nodeRed, station } = scene;
      answers = answerPatiently(station);
      await station.insert(show);
      await gate.pass();
      await midRip(scene, 1);
      await interruptions[name](scene);
      await gate.pass();
      await midRip(scene, 2);
      await interruptions[name](scene);
      await gate.open();
      await assertArrived(scene);
      assert.deepEqual(repeats(scene), []);
      assert.deepEqual(nodeRed.deaths, []);
      const isReadAgain = name === 'the service is killed and restarted';
      if (!isReadAgain) assert.equal(await gate.begun(), showFiles.length);
    });

  it(`when all that happens at once, again and again (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const scene = await open();
    const { gate, nodeRed, station } = scene;
    const again = async (...names: Interruption[]) => {
      for (let round = 0; round < 4; round++) {
        await sleep(random() * 1500);
        const name = names[Math.floor(random() * names.length)];
        if (name) await interruptions[name](scene);
        await gate.pass();
      }
    };
    answers = answerPatiently(station);
    await station.insert(show);
    await Promise.all([
      again('Node-RED is killed and restarted', 'everything is deployed anew'),
      again('the broker is killed and restarted'),
      again('the service is killed and restarted'),
    ]);
    await gate.open();
    await assertArrived(scene);
    assert.deepEqual(nodeRed.deaths, []);
  });

  it('when Node-RED dies with every single result in its hands', async () => {
    const scene = await open({ diesAt: lineNodes });
    const { gate, nodeRed, station } = scene;
    answers = answerPatiently(station);
    await gate.open();
    await station.insert(show);
    for (const count of lineNodes.keys()) {
      await station.until(`death ${count + 1}`, () => nodeRed.deaths.length > count);
      await nodeRed.start();
    }
    await assertArrived(scene);
    for (const node of lineNodes) {
      const [first, second] = nodeRed.journal.sentBy(node);
      assert.equal(first?.redelivered, undefined, node);
      assert.equal(second?.redelivered, true, node);
    }
    assert.equal(nodeRed.deaths.length, lineNodes.length);
    assert.equal(await gate.begun(), showFiles.length);
  });
});
