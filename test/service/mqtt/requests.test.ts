import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { Response } from '../../../service/contract/request.ts';
import { DiscflowError } from '../../../service/errors.ts';
import { Requests } from '../../../service/mqtt/requests.ts';
import { onEachBroker, type TestBroker } from '../../brokers.ts';
import { handlersThat } from './handlers.ts';
import {
  closeListeners,
  connected,
  type Heard,
  listen,
  makeConnection,
  topics,
  until,
} from './station.ts';

const eject = topics.request('drive/eject');

describe('Requests', () => {
  onEachBroker(({ start, version }) => {
    let broker: TestBroker;
    let station: ReturnType<typeof makeConnection>;
    let ran: string[];
    let client: MqttClient;
    let heard: Heard[];
    before(async () => {
      broker = await start();
    });
    after(() => broker?.stop());
    beforeEach(async () => {
      station = makeConnection(broker.url);
      ran = [];
      const { connection, log } = station;
      const handlers = handlersThat({
        async 'drive/eject'({ drive }, { transaction }) {
          ran.push(transaction);
          if (drive === 'slow') await sleep(60);
          if (drive === 'none')
            throw new DiscflowError('unknown-drive', 'There is no such drive', {
              hint: 'See info.',
            });
          if (drive === 'bug') throw new TypeError('x is not a function');
          return {};
        },
      });
      new Requests({ connection, topics, handlers, log }).start();
      connection.start();
      await connected(connection);
      const filters = [`${topics.root}/#`, 'elsewhere/#'];
      ({ client, heard } = await listen(broker.url, filters, { protocolVersion: version }));
      await until(() => heard.length > 0);
      heard.length = 0;
    });
    afterEach(async () => {
      await station?.connection.stop();
      await closeListeners();
    });

    const send = (body: object, drive = 'd1') =>
      client.publishAsync(eject, JSON.stringify({ drive, ...body }), { qos: 1 });
    const answers = () =>
      heard
        .filter(({ topic }) => topic.startsWith(`${topics.root}/response/`))
        .map(({ text }) => Response.parse(JSON.parse(text)));
    const answer = async (): Promise<Response> => {
      await until(() => answers().length > 0);
      const [first] = answers();
      assert.ok(first);
      return first;
    };

    it('are answered with their transaction', async () => {
      await send({ transaction: 't1', v: 1 });
      assert.deepEqual(await answer(), { v: 1, transaction: 't1', status: 'ok', data: {} });
      assert.equal(heard.at(-1)?.topic, topics.response('drive/eject'));
    });

    it('run once when repeated, also while the first still runs, and are answered each time', async () => {
      await send({ transaction: 't2' }, 'slow');
      await send({ transaction: 't2' }, 'slow');
      await until(() => answers().length === 2);
      await send({ transaction: 't2' }, 'slow');
      await until(() => answers().length === 3);
      assert.deepEqual(ran, ['t2']);
      assert.ok(answers().every(({ status }) => status === 'ok'));
    });

    it('fail with code, message and hint', async () => {
      await send({ transaction: 't3' }, 'none');
      const error = { code: 'unknown-drive', message: 'There is no such drive', hint: 'See info.' };
      assert.deepEqual(await answer(), { v: 1, transaction: 't3', status: 'error', error });
    });

    it('fail as internal when the service has a bug, which is logged', async () => {
      await send({ transaction: 't4' }, 'bug');
      const response = await answer();
      assert.equal(response.status === 'error' && response.error.code, 'internal');
      assert.ok(
        station.lines.some((line) => line.includes('TypeError') && line.includes('"level":50')),
      );
    });

    for (const [what, op, payload, code, message] of [
      [
        'an unknown operation',
        'drive/ejct',
        '{"transaction":"u"}',
        'unknown-operation',
        /drive\/ejct/,
      ],
      ['an empty payload', 'drive/eject', '', 'bad-request', /no JSON object/],
      ['what is no JSON', 'drive/eject', '{"drive"', 'bad-request', /no JSON object/],
      ['a list', 'drive/eject', '[1]', 'bad-request', /no JSON object/],
      ['bytes', 'drive/eject', '\u0000\ud800', 'bad-request', /no JSON object/],
      [
        'another version',
        'drive/eject',
        '{"v":2,"transaction":"u","drive":"d1"}',
        'bad-request',
        /version 1/,
      ],
      [
        'a request without transaction',
        'drive/eject',
        '{"drive":"d1"}',
        'bad-request',
        /"transaction"/,
      ],
      [
        'a missing field',
        'drive/eject',
        '{"transaction":"u"}',
        'bad-request',
        /"drive" is missing/,
      ],
      [
        'a wrong field',
        'drive/eject',
        '{"transaction":"u","drive":7}',
        'bad-request',
        /"drive": expected string/,
      ],
      [
        'an unknown field',
        'drive/eject',
        '{"transaction":"u","drive":"d","x":1}',
        'bad-request',
        /not know "x"/,
      ],
      ['200 KB', 'drive/eject', `{"drive":"${'x'.repeat(200_000)}"}`, 'too-large', /200012 bytes/],
    ] as const)
      it(`get an error answer for ${what}, and nothing runs`, async () => {
        await client.publishAsync(`${topics.root}/request/${op}`, payload, { qos: 1 });
        const response = await answer();
        assert.ok(response.status === 'error');
        assert.equal(response.error.code, code);
        assert.match(response.error.message, message);
        assert.equal(response.transaction, payload.includes('"u"') ? 'u' : null);
        assert.deepEqual(ran, []);
        assert.ok(station.lines.some((line) => line.includes('a request is refused')));
      });

    it('name the operation that was probably meant', async () => {
      await client.publishAsync(`${topics.root}/request/drive/ejekt`, '{"transaction":"u"}');
      const response = await answer();
      assert.match(
        response.status === 'error' ? response.error.hint : '',
        /Did you mean drive\/eject\?/,
      );
    });

    it('are ignored when retained', async () => {
      await station.connection.stop();
      await client.publishAsync(eject, '{"transaction":"r","drive":"d1"}', {
        qos: 1,
        retain: true,
      });
      const { connection, lines, log } = makeConnection(broker.url);
      const handlers = handlersThat({
        async 'drive/eject'() {
          ran.push('retained');
          return {};
        },
      });
      new Requests({ connection, topics, handlers, log }).start();
      connection.start();
      await until(() => lines.some((line) => line.includes('retained request ignored')));
      await sleep(30);
      assert.deepEqual(ran, []);
      await client.publishAsync(eject, '', { qos: 1, retain: true });
      await connection.stop();
    });

    if (version === 5) {
      it('are ignored when they are published as retained this very moment', async () => {
        await client.publishAsync(eject, '{"transaction":"now","drive":"d1"}', {
          qos: 1,
          retain: true,
        });
        await until(() => station.lines.some((line) => line.includes('retained request ignored')));
        assert.deepEqual(ran, []);
        await client.publishAsync(eject, '', { qos: 1, retain: true });
      });

      it('are also answered on the response topic, with the correlation data', async () => {
        const correlationData = Buffer.from('c1');
        const properties = { responseTopic: 'elsewhere/answers', correlationData };
        await client.publishAsync(eject, '{"transaction":"r","drive":"d1"}', {
          qos: 1,
          properties,
        });
        await until(() => heard.some(({ topic }) => topic === 'elsewhere/answers'));
        await until(() => answers().length === 1);
        const found = heard.find(({ topic }) => topic === 'elsewhere/answers');
        assert.deepEqual(found?.packet.properties?.correlationData, correlationData);
      });

      it('cannot make the service speak on its own topics', async () => {
        const properties = { responseTopic: topics.info };
        await client.publishAsync(eject, '{"transaction":"r","drive":"d1"}', {
          qos: 1,
          properties,
        });
        await answer();
        await sleep(30);
        assert.ok(!heard.some(({ topic }) => topic === topics.info));
      });
    }
  });
});
