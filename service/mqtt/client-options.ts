import { readFile } from 'node:fs/promises';
import type { IClientOptions } from 'mqtt';

export interface BrokerSettings {
  /** mqtt://, mqtts://, ws:// or wss://, with the port when it is not the usual one. */
  url: string;
  username?: string;
  password?: string;
  /** Files in PEM format, read anew at every connect so that a renewed certificate is taken up. */
  tls?: { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean };
  /** `auto` tries 5 and falls back to 4 (3.1.1). */
  protocol: 'auto' | 4 | 5;
  /** Fixed per station: with another id the old connection's last will could follow the new `online`. */
  clientId: string;
}

export type ProtocolVersion = 4 | 5;

const KEEPALIVE_SECONDS = 30;
const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that is back within this time is never seen as offline (MQTT 5). */
const WILL_DELAY_SECONDS = 5;
/** Requests end at 64 KB; a broker that speaks MQTT 5 keeps what is far above from us. */
const LARGEST_PACKET_BYTES = 1024 * 1024;

/** The options of one connection: mqtt.js neither reconnects nor stores, `Connection` does it. */
export async function clientOptions(
  settings: BrokerSettings,
  { version, statusTopic }: { version: ProtocolVersion; statusTopic: string },
): Promise<IClientOptions> {
  return {
    clientId: settings.clientId,
    protocolVersion: version,
    clean: true,
    keepalive: KEEPALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    resubscribe: false,
    will: {
      topic: statusTopic,
      payload: Buffer.from('offline'),
      qos: 1,
      retain: true,
      ...delay(version),
    },
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(settings.password === undefined ? {} : { password: settings.password }),
    ...(version === 5 ? { properties: connectProperties } : {}),
    ...(await tlsOptions(settings.tls ?? {})),
  };
}

/** MQTT 5, 3.1.2.5: the will is sent at the session's end if that comes first, so both last as long. */
const connectProperties = {
  sessionExpiryInterval: WILL_DELAY_SECONDS,
  maximumPacketSize: LARGEST_PACKET_BYTES,
};

function delay(version: ProtocolVersion) {
  return version === 5 ? { properties: { willDelayInterval: WILL_DELAY_SECONDS } } : {};
}

async function tlsOptions(tls: NonNullable<BrokerSettings['tls']>): Promise<IClientOptions> {
  const [ca, cert, key] = await Promise.all([tls.ca, tls.cert, tls.key].map(readIfNamed));
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: tls.rejectUnauthorized ?? true,
  };
}

async function readIfNamed(path: string | undefined): Promise<Buffer | undefined> {
  return path === undefined ? undefined : await readFile(path);
}
