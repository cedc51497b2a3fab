import assert from 'node:assert/strict';
import type { MqttClient } from 'mqtt';
import { type BrokerState, connectBroker, watchBroker } from '../../../nodes/shared/broker.ts';
import { startAedes, type TestBroker } from '../../brokers.ts';
import { eventually } from '../mini-station.ts';

describe('a connection to a broker that only speaks MQTT 3.1.1', () => {
  let broker: TestBroker;
  let client: MqttClient | undefined;
  beforeEach(async () => {
    broker = await startAedes();
  });
  afterEach(async () => {
    await client?.endAsync(true);
    await broker.stop();
  });

  function statesWith(protocol: 'auto' | '4' | '5'): BrokerState[] {
    const states: BrokerState[] = [];
    client = connectBroker({ url: broker.url, protocol, tls: {} });
    watchBroker(client, { filters: ['a'], changed: (state) => states.push(state) });
    return states;
  }

  for (const protocol of ['auto', '4'] as const)
    it(`comes about without a word of refusal with the protocol "${protocol}"`, async () => {
      const states = statesWith(protocol);
      await eventually(() => assert.ok(states.length > 0));
      assert.deepEqual(states, ['connected']);
    });

  it('is refused when MQTT 5 is insisted on', async () => {
    const states = statesWith('5');
    await eventually(() => assert.deepEqual(states, ['refused']));
  });
});
