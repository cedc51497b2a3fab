import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';

export interface BrokerSettings {
  url: string;
  protocol: 'auto' | '4' | '5';
  username?: string;
  password?: string;
  /** What Node-RED's own tls-config node adds: certificates, server name, verification. */
  tls: IClientOptions;
}

export type BrokerState = 'connected' | 'disconnected' | 'refused';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** Before the same broker is tried with MQTT 3.1.1. */
const FALL_BACK_PAUSE_MS = 1;
/** CONNACK: this protocol version is not spoken here (3.1.1 and MQTT 5). */
const VERSION_CODES = [1, 132];

/** An mqtt.js client for the broker; it connects at once and throws for an address without sense. */
export function connectBroker(settings: BrokerSettings): MqttClient {
  const { url, protocol, username, password, tls } = settings;
  const client = connect(url, {
    ...tls,
    clientId: `discflow_nodes_${randomBytes(4).toString('hex')}`,
    protocolVersion: protocol === '4' ? 4 : 5,
    clean: true,
    keepalive: 30,
    connectTimeout: 10_000,
    reconnectPeriod: FIRST_PAUSE_MS,
    reconnectOnConnackError: true,
    resubscribe: false,
    queueQoSZero: false,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  });
  if (protocol === 'auto') client.on('error', (error) => fallBack(client, error));
  return client;
}

/** Tells every change of the connection and subscribes anew after each connect. */
export function watchBroker(
  client: MqttClient,
  { filters, changed }: { filters: string[]; changed: (state: BrokerState, why: string) => void },
): void {
  let fault = '';
  let refused = false;
  client.on('error', (error) => {
    fault = wordsOf(error);
    refused = connackCode(error) > 0;
  });
  client.on('connect', () => {
    // mqtt.js never does it; without it a request and its answer can take 88 ms.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    [fault, refused] = ['', false];
    changed('connected', '');
    client.subscribe(filters, { qos: 1 }, (error) => {
      if (error === null) client.options.reconnectPeriod = FIRST_PAUSE_MS;
      else if (client.connected) changed('refused', wordsOf(error));
    });
  });
  client.on('close', () => {
    const pause = client.options.reconnectPeriod ?? FIRST_PAUSE_MS;
    // A broker that only speaks 3.1.1 is no fault, and there is nothing for a person to read.
    if (pause === FALL_BACK_PAUSE_MS) client.options.reconnectPeriod = FIRST_PAUSE_MS;
    else {
      client.options.reconnectPeriod = Math.min(pause * 2, LONGEST_PAUSE_MS);
      changed(refused ? 'refused' : 'disconnected', fault);
    }
  });
}

/** Brokers without MQTT 5 refuse it (aedes with code 1): the next attempt speaks 3.1.1. */
function fallBack(client: MqttClient, error: Error): void {
  if (client.options.protocolVersion === 4 || !VERSION_CODES.includes(connackCode(error))) return;
  client.options.protocolVersion = 4;
  client.options.reconnectPeriod = FALL_BACK_PAUSE_MS;
}

/** The broker's answer to CONNECT, 0 when it gave none. */
function connackCode(error: Error): number {
  return 'code' in error && typeof error.code === 'number' ? error.code : 0;
}

function wordsOf(error: Error): string {
  return error.message || ('code' in error ? String(error.code) : error.name);
}
