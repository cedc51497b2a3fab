import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { ulid } from 'ulid';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { REQUEST_LIMIT_BYTES, Response } from '../../service/contract/request.ts';
import { startAedes } from '../brokers.ts';
import { assertValidComponent } from '../service/organize/hostile-text.ts';
import { film, filmFiles } from './sample-discs.ts';
import {
  closeStations,
  opened,
  startStation,
  stationsOnOneBroker,
  type TestStation,
} from './test-station.ts';

/** Sends any bytes and gives back the next answer of that operation. */
async function ask(station: TestStation, op: string, payload: string | Buffer): Promise<Response> {
  const { client, topics, retained } = station.observer;
  retained.delete(`response/${op}`);
  await client.publishAsync(`${topics.root}/request/${op}`, payload, { qos: 1 });
  const look = () => retained.get(`response/${op}`);
  return Response.parse(JSON.parse(await station.until(`an answer to ${op}`, look)));
}

async function codeOf(station: TestStation, op: string, payload: string | Buffer) {
  const response = await ask(station, op, payload);
  return response.status === 'ok' ? 'ok' : response.error.code;
}

const body = (content: object) => JSON.stringify({ transaction: ulid(), ...content });
const nobody = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const refused: [what: string, op: string, payload: () => string | Buffer, code: string][] = [
  ['no JSON', 'job/list', () => '{"transaction":', 'bad-request'],
  ['an empty payload', 'job/list', () => '', 'bad-request'],
  ['bytes that are no text', 'job/list', () => Buffer.alloc(500, 0xff), 'bad-request'],
  ['a list', 'job/list', () => '[1]', 'bad-request'],
  ['null', 'job/list', () => 'null', 'bad-request'],
  ['deep nesting', 'job/list', () => '['.repeat(30_000) + ']'.repeat(30_000), 'bad-request'],
  ['another version', 'job/list', () => body({ v: 2 }), 'bad-request'],
  ['no transaction', 'job/list', () => '{}', 'bad-request'],
  ['a transaction of a wrong type', 'job/list', () => '{"transaction":{"a":1}}', 'bad-request'],
  [
    'an endless transaction',
    'job/list',
    () => body({ transaction: 'x'.repeat(101) }),
    'bad-request',
  ],
  ['a huge body', 'job/list', () => body({ x: 'x'.repeat(REQUEST_LIMIT_BYTES) }), 'too-large'],
  ['ten megabytes', 'job/list', () => Buffer.alloc(10 << 20, 0x20), 'too-large'],
  ['an unknown operation', 'job/lits', () => body({}), 'unknown-operation'],
  ['a name of Object', 'constructor', () => body({}), 'unknown-operation'],
  ['a name with dots', '../job/list', () => body({}), 'unknown-operation'],
  ['an unknown key', 'job/list', () => body({ stats: [] }), 'bad-request'],
  [
    '__proto__',
    'job/get',
    () => `{"transaction":"p","__proto__":{"job":"${nobody}"}}`,
    'bad-request',
  ],
  ['a wrong type', 'job/get', () => body({ job: 7 }), 'bad-request'],
  ['a path for a job', 'job/get', () => body({ job: '../../../etc/passwd' }), 'bad-request'],
  ['an unknown job', 'job/cancel', () => body({ job: nobody }), 'unknown-job'],
  ['an unknown drive', 'drive/eject', () => body({ drive: 'attic' }), 'unknown-drive'],
  [
    'an unknown question',
    'review/answer',
    () => body({ review: nobody, rev: 1, answer: { accept: true } }),
    'unknown-question',
  ],
  [
    'no answer in an answer',
    'review/answer',
    () => body({ review: nobody, rev: 1, answer: {} }),
    'bad-request',
  ],
  [
    'a carry of 17 KB',
    'job/claim',
    () => body({ job: nobody, node: 'n', carry: { x: 'x'.repeat(17_000) } }),
    'bad-request',
  ],
];

const hostile = {
  title: '../../../x',
  reserved: 'CON',
  control: 'a\u0000b\u0007c\nd',
  bidi: '\u202Egnp.exe',
  long: 'é'.repeat(300),
};

describe('bad requests', () => {
  describe('to a station without jobs', () => {
    let station: TestStation;
    before(async () => {
      station = await startStation({ broker: await opened(startAedes()) });
    });
    after(closeStations);

    for (const [what, op, payload, code] of refused)
      it(`with ${what} are answered with ${code}`, async () => {
        const response = await ask(station, op, payload());
        assert.equal(response.status, 'error');
        assert.equal(response.error.code, code);
        assert.ok(response.error.message && response.error.hint);
      });

    it('that are retained are not run', async () => {
      const { client, topics, retained } = station.observer;
      const eject = body({ drive: 'images' });
      retained.delete('response/drive/eject');
      await station.stop();
      await client.publishAsync(topics.request('drive/eject'), eject, { retain: true, qos: 1 });
      await station.start();
      assert.equal(await codeOf(station, 'job/list', body({})), 'ok');
      assert.equal(retained.get('response/drive/eject'), undefined);
      await client.publishAsync(topics.request('drive/eject'), '', { retain: true, qos: 1 });
    });

    it('leave no trace in the log as unexpected errors, and the station works', async () => {
      assert.doesNotMatch(station.service.said(), /"level":50/);
      await station.insert(film);
      assert.equal((await station.ended(film)).outcome, 'complete');
      station.assertWholeStory();
    });
  });

  describe('about a job', () => {
    const start = stationsOnOneBroker();

    it('to an old revision of a question are refused, and a repeated answer is taken once', async () => {
      const station = await start({ policies: { identity: 'ask' } });
      const { observer } = station;
      await station.insert(film);
      const { id, rev } = await station.until(
        'the question',
        () => [...observer.reviews.values()][0],
      );
      const stale = { review: id, rev: rev + 1, answer: { accept: true } };
      assert.equal(await codeOf(station, 'review/answer', body(stale)), 'stale-revision');
      const answer = body({ review: id, rev, answer: { accept: true } });
      for (const _ of [1, 2]) assert.equal(await codeOf(station, 'review/answer', answer), 'ok');
      const job = await station.ended(film);
      assert.equal(job.outcome, 'complete');
      const late = { review: id, rev, answer: { identity: { kind: 'movie', title: 'Another' } } };
      assert.match(
        await codeOf(station, 'review/answer', body(late)),
        /not-possible-now|unknown-question/,
      );
      const answers = observer.events.filter(
        ({ event_type }) => event_type === 'question-answered',
      );
      assert.equal(answers.length, 1);
      station.assertWholeStory();
    });

    it('with hostile titles change no more than the name of the file', async function () {
      this.timeout(60_000);
      const policies = { claim_wait: true, duplicate_disc: 'again' };
      const station = await start({ policies });
      for (const [what, title] of Object.entries(hostile)) {
        await station.insert(film, `${what}.iso`);
        const isNew = ({ endedAt, steps }: JobSnapshot) =>
          endedAt === null && steps.identify?.state === 'done';
        const { id: job } = await station.jobWhere('identified', isNew);
        const send = (op: string, content: object) =>
          codeOf(station, op, body({ job, ...content }));
        assert.equal(await send('job/claim', { node: 'n1' }), 'ok');
        const upwards = { template: '../../{title}/../{title}.mkv' };
        assert.equal(await send('job/update', { set: upwards }), 'config-invalid');
        const identity = { kind: 'movie', title, edition: title.slice(0, 90) };
        const set = { identity, template: '{title}/{edition}.mkv' };
        assert.equal(await send('job/update', { set }), 'ok');
        assert.equal(await send('job/step', { step: 'organize' }), 'ok');
        const isEnded = ({ id, endedAt }: JobSnapshot) => id === job && endedAt !== null;
        const { outcome, error } = await station.jobWhere('ended', isEnded);
        assert.equal(outcome, 'complete', `${what}: ${JSON.stringify(error)}`);
      }
      const count = Object.keys(hostile).length * filmFiles.length;
      assert.equal((await station.filed()).length, count);
      assert.deepEqual(
        (await readdir(station.data)).sort().join(),
        'discflow.yaml,discs,library,staging,state',
      );
      for (const path of await readdir(station.library, { recursive: true }))
        for (const part of path.split('/').filter((name) => !name.startsWith('.')))
          assertValidComponent(part);
      station.assertWholeStory();
    });

    it('that are repeated after a restart are not run again', async function () {
      this.timeout(60_000);
      const station = await start({ policies: { claim_wait: true } });
      await station.insert(film);
      const { id } = await station.jobWhere('identified', ({ titles }) => titles.length > 0);
      const cancel = body({ job: id });
      assert.equal(await codeOf(station, 'job/cancel', cancel), 'ok');
      await station.jobWhere('cancelled', ({ state }) => state === 'cancelled');
      assert.equal(await codeOf(station, 'job/retry', body({ job: id })), 'ok');
      await station.jobWhere(
        'open again',
        ({ attempt, endedAt }) => attempt === 2 && endedAt === null,
      );
      await station.kill();
      await station.start();
      assert.equal(await codeOf(station, 'job/cancel', cancel), 'ok');
      const { observer } = station;
      const { job } = await observer.requests.request('job/get', { job: id });
      assert.notEqual(job.state, 'cancelled');
      assert.equal(job.attempt, 2);
      station.assertWholeStory();
    });
  });
});
