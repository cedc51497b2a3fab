import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestClient, RequestError } from '../../../service/contract/client.ts';
import { DiscflowError } from '../../../service/errors.ts';
import { Requests } from '../../../service/mqtt/requests.ts';
import { onEachBroker, type TestBroker } from '../../brokers.ts';
import { handlersThat } from '../mqtt/handlers.ts';
import {
  closeListeners,
  connected,
  listen,
  makeConnection,
  topics,
  until,
} from '../mqtt/station.ts';

describe('The request client', () => {
  onEachBroker(({ start, version, name }) => {
    let broker: TestBroker;
    let station: ReturnType<typeof makeConnection>;
    let requests: RequestClient;
    let ran: string[];
    beforeEach(async () => {
      broker = await start();
      ran = [];
      station = makeConnection(broker.url);
      serve(station);
      station.connection.start();
      await connected(station.connection);
      const { client } = await listen(broker.url, [topics.status], { protocolVersion: version });
      requests = new RequestClient({ client, topics });
      requests.start();
    });
    afterEach(async () => {
      requests?.stop();
      await station?.connection.stop();
      await closeListeners();
      await broker?.stop();
    });

    function serve({ connection, log }: ReturnType<typeof makeConnection>) {
      const handlers = handlersThat({
        async 'drive/eject'({ drive }, { transaction }) {
          ran.push(transaction);
          if (drive === 'slow') await sleep(400);
          if (drive !== 'none') return {};
          throw new DiscflowError('unknown-drive', 'There is no such drive', { hint: 'See info.' });
        },
        'job/list': async () => ({ jobs: [] }),
      });
      new Requests({ connection, topics, handlers, log }).start();
    }

    it('gets the data of the answer that belongs to its request', async () => {
      const [jobs, ejected] = await Promise.all([
        requests.request('job/list', {}),
        requests.request('drive/eject', { drive: 'd1' }),
      ]);
      assert.deepEqual(jobs, { jobs: [] });
      assert.deepEqual(ejected, {});
    });

    it('throws the error of the answer with code and hint', async () => {
      await assert.rejects(requests.request('drive/eject', { drive: 'none' }), (error) => {
        assert.ok(error instanceof RequestError);
        assert.deepEqual([error.code, error.hint], ['unknown-drive', 'See info.']);
        return true;
      });
    });

    it('says that the service cannot be reached when no answer comes in time', async () => {
      await station.connection.stop();
      await assert.rejects(requests.request('job/list', {}, { timeout: 100 }), {
        code: 'service-unreachable',
        message: 'The service did not answer job/list within 0.1 s',
      });
    });

    it('gives up when told to', async () => {
      const stop = new AbortController();
      const request = requests.request('drive/eject', { drive: 'slow' }, { signal: stop.signal });
      stop.abort(new Error('enough'));
      await assert.rejects(request, /enough/);
    });

    it('sends an open request again after a reconnect, and the service runs it once', async () => {
      const request = requests.request('drive/eject', { drive: 'slow' });
      await until(() => ran.length === 1);
      await broker.kill();
      await broker.restart();
      assert.deepEqual(await request, {});
      assert.equal(new Set(ran).size, 1);
      assert.equal(ran.length, 1);
    });

    if (name === 'aedes')
      it('sends an open request again to a service that was restarted', async () => {
        await station.connection.stop();
        const request = requests.request('drive/eject', { drive: 'd1' });
        await sleep(50);
        station = makeConnection(broker.url);
        serve(station);
        station.connection.start();
        assert.deepEqual(await request, {});
      });

    it('does not send what has timed out when the broker is back', async () => {
      await broker.kill();
      await until(() => !station.connection.connected);
      const request = requests.request('drive/eject', { drive: 'd1' }, { timeout: 50 });
      await assert.rejects(request, { code: 'service-unreachable' });
      await broker.restart();
      await connected(station.connection);
      await requests.request('job/list', {});
      assert.deepEqual(ran, []);
    });

    it('has its answer in less than 20 ms', async () => {
      const times: number[] = [];
      for (let count = 0; count < 50; count++) {
        const begin = performance.now();
        await requests.request('job/list', {});
        times.push(performance.now() - begin);
      }
      const median = times.sort((a, b) => a - b)[25] ?? Number.NaN;
      assert.ok(median < 20, `${median} ms`);
    });
  });
});
