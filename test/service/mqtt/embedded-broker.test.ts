import assert from 'node:assert/strict';
import {
  EmbeddedBroker,
  type EmbeddedBrokerOptions,
} from '../../../service/mqtt/embedded-broker.ts';
import {
  closeListeners,
  connected,
  logInto,
  makeConnection,
  retainedOn,
  topics,
  until,
} from './station.ts';

describe('The embedded broker', () => {
  afterEach(closeListeners);

  it('serves clients on a free port of this machine and ends with them connected', async () => {
    const broker = makeBroker({});
    await broker.start();
    assert.match(broker.url, /^mqtt:\/\/127\.0\.0\.1:\d+$/);
    const { connection } = makeConnection(broker.url);
    connection.start();
    await connected(connection);
    assert.equal((await retainedOn(broker.url)).get(topics.status), 'online');
    await broker.stop();
    await until(() => !connection.connected);
    await connection.stop();
  });

  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org'])
    it(`does not listen on ${host} without a login`, async () => {
      await assert.rejects(makeBroker({ host }).start(), {
        code: 'config-invalid',
        message: new RegExp(`must not listen on ${host} without a login`),
      });
    });

  it('lets nobody in without the login it was given', async () => {
    const login = { username: 'me', password: 'secret' };
    const broker = makeBroker({ host: '0.0.0.0', login });
    await broker.start();
    for (const wrong of [{}, { username: 'me' }, { username: 'me', password: 'secres' }]) {
      const { connection, problems } = makeConnection(broker.url, wrong);
      connection.start();
      await until(() => problems.has('connection'));
      assert.equal(problems.get('connection')?.code, 'broker-refused');
      await connection.stop();
    }
    const { connection } = makeConnection(broker.url, login);
    connection.start();
    await connected(connection);
    await connection.stop();
    await broker.stop();
  });

  it('says what to do when the port is taken', async () => {
    const first = makeBroker({});
    await first.start();
    const second = makeBroker({ port: Number(new URL(first.url).port) });
    await assert.rejects(second.start(), {
      code: 'config-invalid',
      message: /^Port \d+ on .* taken$/,
    });
    await first.stop();
  });
});

function makeBroker(options: Partial<EmbeddedBrokerOptions>): EmbeddedBroker {
  return new EmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    login: null,
    log: logInto([]),
    ...options,
  });
}
